package org.kiban.core.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.kiban.core.MunicipalityCode;

/** Opens databases, one per municipality and capability, encrypted at rest. An OSGi service. */
public interface Databases {

  /** An open, pooled, migrated database. Closing it closes its connections. */
  interface Database extends Closeable {
    /** A pool; safe for any thread. Connections come with auto-commit on. */
    DataSource dataSource();

    /** Closes the pool and the database file; never throws for a connection still in use. */
    @Override
    void close();
  }

  /**
   * Opens a capability's database of one municipality, creating it and bringing its schema up to
   * date. Takes up to some seconds.
   *
   * @param code whose data it holds
   * @param capability whose schema it holds
   * @param migrations a class loader that holds {@code db/<capability>/V<n>__<what>.sql}
   * @throws org.kiban.core.KibanException if it is in use, damaged, encrypted with another key, or
   *     a migration fails
   */
  Database open(MunicipalityCode code, String capability, ClassLoader migrations);

  /**
   * Opens a database for statements that others wrote, creating it if it is missing. Its
   * connections belong to a user who owns one schema and is no administrator: tables and rows are
   * in reach, files, Java code, other schemas and settings are not.
   *
   * @param code whose data it holds
   * @param capability who offers it
   * @throws org.kiban.core.KibanException if it is in use, damaged or encrypted with another key
   */
  Database openRestricted(MunicipalityCode code, String capability);

  /** The capabilities whose database of this municipality is open, in order. */
  List<String> open(MunicipalityCode code);

  /** The file of a capability's database of one municipality, open or not. */
  Path file(MunicipalityCode code, String capability);

  /**
   * Copies an open database as of one moment between call and return, while others read and write.
   * The copy opens in the place of the file, under the same key.
   *
   * @param into a file that does not exist
   * @throws IOException if it is not open, or cannot be copied
   */
  void copy(MunicipalityCode code, String capability, Path into) throws IOException;
}
