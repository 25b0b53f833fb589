package org.kiban.update.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.KibanException;
import org.kiban.update.UpdateCode;

class OsPackagesTest {

  private static final Urgent URGENT = new Urgent(List.of("*-Security:*", "*-security"));
  private static final ZonedDateTime DAY =
      ZonedDateTime.of(2026, 11, 20, 1, 2, 3, 0, ZoneOffset.UTC);

  @TempDir private Path folder;

  @Test
  void whatAptWouldInstallIsReadAndLaidInLanes() {
    List<Pending> pending =
        Pending.parse(
            List.of(
                "Reading package lists...",
                "Inst bash [5.2.15-2+b8] (5.2.15-2+b13 Debian:12.15/oldstable [amd64])",
                "Inst libgcrypt20 [1.10.1-3] (1.10.1-3+deb12u1 Debian:12.15/oldstable,"
                    + " Debian-Security:12/oldstable-security [amd64]) []",
                "Inst linux-image-6.1.0-40 (6.1.153-1 Ubuntu:22.04/jammy-security [amd64])",
                "Conf bash (5.2.15-2+b13 Debian:12.15/oldstable [amd64])"),
            URGENT);

    assertThat(pending)
        .extracting(p -> p.name() + " " + p.from() + " " + p.to() + " " + p.lane())
        .containsExactly(
            "bash 5.2.15-2+b8 5.2.15-2+b13 NORMAL",
            "libgcrypt20 1.10.1-3 1.10.1-3+deb12u1 URGENT",
            "linux-image-6.1.0-40  6.1.153-1 URGENT");
  }

  @Test
  void withoutAptThatIsSaid() {
    OsPackages none = new OsPackages(folder, folder, Map.of(), URGENT);

    assertThatThrownBy(none::pending)
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.code()).isEqualTo(UpdateCode.NO_APT));
    assertThat(none.sources()).isEmpty();
  }

  @Test
  void theRealAptSaysWhatIsNewerAndHidesThatItsSourceWentBack() throws IOException {
    assumeTrue(AptRoot.isPossible(), "needs apt-get and gpg");
    AptRoot root = AptRoot.create(folder);
    OsPackages packages =
        new OsPackages(Path.of("/usr/bin"), root.lists(), root.environment(), URGENT);
    root.publish("1.1-1", DAY);
    assertThat(root.update()).isZero();
    assertThat(packages.pending())
        .extracting(p -> p.name() + " " + p.from() + " " + p.to() + " " + p.lane())
        .containsExactly("probe 1.0-1 1.1-1 URGENT");

    // An attacker gives older metadata: apt succeeds, and keeps what it has.
    root.publish("1.0-2", DAY.minusDays(30));
    assertThat(root.update()).isZero();

    assertThat(packages.sources())
        .extracting(Source::origin, Source::date, Source::security)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "Example-Security:1/stable-security", DAY.toInstant(), true));
    assertThat(packages.pending()).extracting(Pending::to).containsExactly("1.1-1");
    Duration fortnight = Duration.ofDays(14);
    assertThat(packages.stale(DAY.plusDays(14).toInstant(), fortnight)).isEmpty();
    assertThat(packages.stale(DAY.plusDays(15).toInstant(), fortnight)).isPresent();
  }
}
