package org.kiban.partner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.Municipality;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.Partner;
import org.kiban.core.PartnerUse;
import org.kiban.core.Partners;
import org.kiban.core.storage.DurableFiles;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Business systems in {@code etc/partner/<code>.json}, which operators keep under version control
 * with the rest of {@code etc/}. Read at every question: the files are small and edited by hand.
 */
@Component(service = {Partners.class, PartnerRegistry.class})
public final class PartnerRegistry implements Partners {

  private final BundleContext context;
  private final NodePaths paths;
  private final DurableFiles files;
  private final Municipalities municipalities;

  /** Works below {@code etc/partner}. */
  @Activate
  public PartnerRegistry(
      BundleContext context,
      @Reference NodePaths paths,
      @Reference DurableFiles files,
      @Reference Municipalities municipalities) {
    this.context = context;
    this.paths = paths;
    this.files = files;
    this.municipalities = municipalities;
  }

  @Override
  public List<Partner> all(MunicipalityCode code) {
    return municipalities
        .find(code)
        .map(
            m ->
                read(code).partners().values().stream()
                    .filter(p -> p.environment() == m.environment())
                    .filter(p -> idProblem(p.id()).isEmpty())
                    .toList())
        .orElse(List.of());
  }

  @Override
  public Optional<Partner> find(MunicipalityCode code, String id) {
    return all(code).stream().filter(p -> p.id().equals(id)).findFirst();
  }

  @Override
  public Partner require(MunicipalityCode code, String id) {
    Municipality municipality = municipalities.require(code.value());
    Partner partner = read(code).partners().get(id);
    if (partner == null) {
      throw new KibanException(Outcome.USAGE, PartnerMessages.UNKNOWN, code, id);
    }
    check(municipality, partner);
    return partner;
  }

  /** What is wrong with a municipality's file, one entry each; empty if it is all right. */
  public List<KibanException> problems(Municipality municipality) {
    try {
      PartnerFile.Content content = read(municipality.code());
      List<KibanException> problems = new ArrayList<>(content.problems());
      for (Partner partner : content.partners().values()) {
        try {
          check(municipality, partner);
        } catch (KibanException e) {
          problems.add(e);
        }
      }
      return problems;
    } catch (KibanException e) {
      return List.of(e);
    }
  }

  /**
   * Registers a partner.
   *
   * @param code a code as typed
   * @param partner the partner; an empty name means that of its 業務ID
   * @param dryRun whether to stop before writing
   * @return the partner as registered
   * @throws KibanException if it may not be registered; nothing is changed then
   */
  public Partner add(String code, Partner partner, boolean dryRun) {
    Municipality municipality = municipalities.require(code);
    Partner named =
        partner.name().isEmpty()
            ? new Partner(
                partner.id(),
                businessIds().getOrDefault(partner.id(), ""),
                partner.vendor(),
                partner.environment(),
                partner.zone(),
                partner.endpoints())
            : partner;
    check(municipality, named);
    if (named.name().isEmpty()) {
      throw new KibanException(Outcome.USAGE, PartnerMessages.NO_NAME, partner.id());
    }
    PartnerFile file = file(municipality.code());
    if (file.content(Map.of()).partners().containsKey(partner.id())) {
      throw new KibanException(Outcome.USAGE, PartnerMessages.EXISTS, code, partner.id());
    }
    file.add(named);
    if (!dryRun) {
      write(municipality.code(), file);
    }
    return named;
  }

  /**
   * Takes a partner out of the registry.
   *
   * @param code a code as typed
   * @param id its id
   * @param dryRun whether to stop before writing
   * @throws KibanException if there is none or something uses it; nothing is changed then
   */
  public void remove(String code, String id, boolean dryRun) {
    MunicipalityCode municipality = municipalities.require(code).code();
    PartnerFile file = file(municipality);
    if (!file.content(Map.of()).partners().containsKey(id)) {
      throw new KibanException(Outcome.USAGE, PartnerMessages.UNKNOWN, code, id);
    }
    List<String> users = users(municipality, id);
    if (!users.isEmpty()) {
      throw new KibanException(
          Outcome.REFUSED, PartnerMessages.IN_USE, code, id, String.join(", ", users));
    }
    file.remove(id);
    if (!dryRun) {
      write(municipality, file);
    }
  }

  /** What uses a partner, as those capabilities say that are there now. */
  public List<String> users(MunicipalityCode code, String id) {
    List<String> users = new ArrayList<>();
    try {
      for (ServiceReference<PartnerUse> reference :
          context.getServiceReferences(PartnerUse.class, null)) {
        PartnerUse use = context.getService(reference);
        if (use != null) {
          users.addAll(use.usersOf(code, id));
          context.ungetService(reference);
        }
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("no filter was given", e);
    }
    return users.stream().sorted().distinct().toList();
  }

  /** The 業務ID and their names, as the operator's list has them, else the distribution's. */
  public Map<String, String> businessIds() {
    return Stream.of(paths.etc(), paths.home().resolve("etc"))
        .map(etc -> etc.resolve("partner/business-ids.json"))
        .filter(Files::exists)
        .findFirst()
        .map(file -> BusinessIds.parse(file.getFileName().toString(), bytes(file)))
        .orElseGet(TreeMap::new);
  }

  private void check(Municipality municipality, Partner partner) {
    idProblem(partner.id())
        .ifPresent(
            problem -> {
              throw new KibanException(Outcome.USAGE, problem, partner.id());
            });
    if (partner.environment() != municipality.environment()) {
      throw new KibanException(
          Outcome.REFUSED,
          PartnerMessages.OTHER_ENVIRONMENT,
          municipality.code(),
          lower(municipality.environment()),
          partner.id(),
          lower(partner.environment()));
    }
  }

  private Optional<PartnerMessages> idProblem(String id) {
    if (id.matches("[0-9]{3}")) {
      return businessIds().containsKey(id)
          ? Optional.empty()
          : Optional.of(PartnerMessages.UNLISTED_ID);
    }
    return id.matches("[0-9A-Z]{3}") ? Optional.empty() : Optional.of(PartnerMessages.WRONG_ID);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private PartnerFile.Content read(MunicipalityCode code) {
    return file(code).content(businessIds());
  }

  private Path path(MunicipalityCode code) {
    return paths.etc().resolve("partner").resolve(code + ".json");
  }

  private PartnerFile file(MunicipalityCode code) {
    Path path = path(code);
    byte[] content = Files.exists(path) ? bytes(path) : new byte[0];
    return PartnerFile.parse("etc/partner/" + path.getFileName(), content);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new KibanException(
          e, Outcome.FAILED, PartnerMessages.WRONG_FILE, file, e.getClass().getSimpleName());
    }
  }

  private void write(MunicipalityCode code, PartnerFile file) {
    try {
      Path path = path(code);
      Files.createDirectories(path.getParent());
      byte[] content = file.toBytes();
      // A link into a folder under version control stays a link.
      files.write(Files.exists(path) ? path.toRealPath() : path, out -> out.write(content));
    } catch (IOException e) {
      throw new KibanException(
          e, Outcome.FAILED, PartnerMessages.NOT_WRITTEN, path(code), e.getMessage());
    }
  }
}
