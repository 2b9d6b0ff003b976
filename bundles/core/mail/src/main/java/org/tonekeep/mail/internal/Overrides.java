package org.tonekeep.mail.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.mail.api.MailTemplate;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * The operator's own texts: {@code <data>/mail/<tenant>/<template>.<lang>.txt}. One that is wrong
 * is told in the log and in {@code /readyz}, and the built-in text is used.
 */
@Component(service = Overrides.class)
public final class Overrides {
  private static final Logger LOG = LoggerFactory.getLogger(Overrides.class);
  private static final long MOST_BYTES = 64 * 1024;

  private final Path root;
  private final TemplateBoard templates;
  private final Tenants tenants;
  private final Map<String, String> problems = new ConcurrentSkipListMap<>();

  @Activate
  public Overrides(
      BundleContext context, @Reference TemplateBoard templates, @Reference Tenants tenants) {
    this(Path.of(data(context)).resolve("mail"), templates, tenants);
  }

  Overrides(Path root, TemplateBoard templates, Tenants tenants) {
    this.root = root;
    this.templates = templates;
    this.tenants = tenants;
  }

  private static String data(BundleContext context) {
    String data = context.getProperty("tonekeep.data");
    if (data == null || data.isBlank()) {
      throw new IllegalStateException("The property tonekeep.data is not set");
    }
    return data;
  }

  /** The operator's text for the template in exactly that language, if there is a right one. */
  Optional<TemplateText> find(TenantId tenant, MailTemplate template, String lang) {
    String name = template.id() + "." + lang + ".txt";
    return read(tenant, template, root.resolve(tenant.value()).resolve(name));
  }

  private Optional<TemplateText> read(TenantId tenant, MailTemplate template, Path file) {
    String key = "mail/" + tenant + "/" + file.getFileName();
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IllegalArgumentException("it is longer than 64 KiB");
      }
      TemplateText text = TemplateText.parse(Files.readString(file, UTF_8), template.values());
      problems.remove(key);
      return Optional.of(text);
    } catch (NoSuchFileException absent) {
      problems.remove(key);
    } catch (IOException e) {
      tell(key, "it cannot be read as UTF-8");
      LOG.debug("{} cannot be read", key, e);
    } catch (IllegalArgumentException e) {
      tell(key, String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private void tell(String key, String problem) {
    if (!problem.equals(problems.put(key, problem))) { // once, not for every mail
      LOG.warn("{}: {}; the built-in text is used", key, problem);
    }
  }

  /** What is wrong, by file, as of the last look. */
  List<String> problems() {
    return problems.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
  }

  /** Looks at all files of all tenants. */
  void look() {
    problems.keySet().removeIf(key -> !Files.exists(root.resolve(key.substring("mail/".length()))));
    for (Tenant tenant : tenants.all()) {
      Path folder = root.resolve(tenant.id().value());
      try (Stream<Path> files = Files.list(folder)) {
        files.forEach(file -> look(tenant.id(), file));
      } catch (NoSuchFileException none) {
        LOG.trace("{} has no texts of its own", tenant.id());
      } catch (IOException e) {
        LOG.warn("The mail texts of {} cannot be listed", tenant.id(), e);
      }
    }
  }

  private void look(TenantId tenant, Path file) {
    String name = String.valueOf(file.getFileName());
    Optional<MailTemplate> template =
        templates.all().stream()
            .filter(t -> name.matches("\\Q" + t.id() + "\\E\\.[A-Za-z0-9-]{2,35}\\.txt"))
            .findFirst();
    if (template.isPresent()) {
      Optional<TemplateText> unused = read(tenant, template.get(), file);
    } else {
      tell("mail/" + tenant + "/" + name, "no running bundle has a template for a file so named");
    }
  }
}
