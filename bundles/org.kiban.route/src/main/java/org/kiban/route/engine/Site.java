package org.kiban.route.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.TrustedClock;
import org.kiban.route.check.Checker;
import org.kiban.route.folder.RouteFolder;
import org.kiban.route.wall.Wall;

/**
 * What the routes of one municipality share.
 *
 * @param building held while a context is built: it takes a core for itself
 */
record Site(
    MunicipalityCode code,
    Settings settings,
    Wall wall,
    Checker checker,
    History history,
    Versions versions,
    FailedExchanges failed,
    RouteFolder folder,
    TrustedClock clock,
    ExecutorService threads,
    Semaphore building) {}
