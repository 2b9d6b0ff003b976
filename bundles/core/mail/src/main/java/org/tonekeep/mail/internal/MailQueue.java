package org.tonekeep.mail.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.mail.api.Letter;
import org.tonekeep.mail.api.MailPurposeException;
import org.tonekeep.mail.api.MailTemplate;
import org.tonekeep.mail.api.Mails;
import org.tonekeep.mail.internal.jpa.MessageStore;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;
import org.tonekeep.tenant.api.UnknownTenantException;

/** Writes letters out and keeps them, sealed, until {@link MailJob} has sent them. */
@Component(service = Mails.class)
public final class MailQueue implements Mails {
  private static final int MOST_BODY_BYTES = 23_000;
  private static final int DEFAULT_PORT = 8181;

  private final Tenants tenants;
  private final TemplateBoard templates;
  private final Overrides overrides;
  private final MessageStore store;
  private final MailSeals seals;
  private final Jobs jobs;
  private final Tx tx;
  private final Clock clock;
  private final int port;

  @Activate
  public MailQueue(
      BundleContext context,
      @Reference Tenants tenants,
      @Reference TemplateBoard templates,
      @Reference Overrides overrides,
      @Reference MessageStore store,
      @Reference MailSeals seals,
      @Reference Jobs jobs,
      @Reference Tx tx,
      @Reference Clock clock) {
    this(tenants, templates, overrides, store, seals, jobs, tx, clock, port(context));
  }

  MailQueue(
      Tenants tenants,
      TemplateBoard templates,
      Overrides overrides,
      MessageStore store,
      MailSeals seals,
      Jobs jobs,
      Tx tx,
      Clock clock,
      int port) {
    this.tenants = tenants;
    this.templates = templates;
    this.overrides = overrides;
    this.store = store;
    this.seals = seals;
    this.jobs = jobs;
    this.tx = tx;
    this.clock = clock;
    this.port = port;
  }

  private static int port(BundleContext context) {
    String port = context.getProperty("tonekeep.http.port");
    return port == null ? DEFAULT_PORT : Integer.parseInt(port);
  }

  @Override
  public void send(TenantId id, Letter letter) {
    // A suspended site still owes its notices.
    Tenant tenant = tenants.find(id).orElseThrow(UnknownTenantException::new);
    MailTemplate template =
        templates
            .find(letter.template())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "No running bundle has the mail template " + letter.template()));
    if (!tenant.get(MailKeys.PURPOSES).contains(template.purpose())) {
      throw new MailPurposeException(template.id(), template.purpose());
    }
    if (!letter.values().keySet().equals(new HashSet<>(template.values()))) {
      throw new IllegalArgumentException(
          "The mail template " + template.id() + " has the values " + template.values());
    }
    String to = Mailbox.bare(letter.to());
    SiteAddress site = SiteAddress.of(tenant, port);
    Chosen chosen = text(tenant, template);
    Rendering rendering = new Rendering(chosen.text(), values(tenant, site, letter), chosen.lang());
    MailContent content =
        new MailContent(to, rendering.subject(), rendering.text(), rendering.html());
    requireShort(template, content);
    tx.run(id, () -> keep(id, letter, chosen.lang(), site, content));
  }

  private void keep(
      TenantId tenant, Letter letter, String lang, SiteAddress site, MailContent content) {
    Instant now = clock.instant();
    QueuedMail queued =
        new QueuedMail(
            Ids.next(clock),
            letter.template(),
            lang,
            site.host(),
            letter.owner(),
            MailState.WAITING,
            0,
            "",
            now,
            now,
            seals.seal(tenant, letter.owner(), content));
    store.insert(tenant, queued);
    JobId unused = jobs.enqueue(tenant, request(queued.id()));
  }

  static JobRequest request(String id) {
    return new JobRequest("", MailJob.KIND, id, Map.of());
  }

  private static Map<String, String> values(Tenant tenant, SiteAddress site, Letter letter) {
    Map<String, String> values = new HashMap<>();
    letter
        .values()
        .forEach(
            (name, value) ->
                values.put(name, TemplateText.isLink(name) ? site.link(name, value) : value));
    values.put("site", tenant.title());
    values.put("siteUrl", site.root() + "/");
    return values;
  }

  /** A text and the language that it is in. */
  private record Chosen(TemplateText text, String lang) {}

  /** The closest language wins, and within it the operator's text. */
  private Chosen text(Tenant tenant, MailTemplate template) {
    for (String lang : languages(tenant.locale())) {
      Optional<TemplateText> own = overrides.find(tenant.id(), template, lang);
      if (own.isPresent()) {
        return new Chosen(own.get(), lang);
      }
      URL builtIn = template.texts().get(lang);
      if (builtIn != null) {
        return new Chosen(builtIn(template, builtIn), lang);
      }
    }
    throw new IllegalArgumentException("The mail template " + template.id() + " has no text");
  }

  private static Set<String> languages(Locale locale) {
    return new LinkedHashSet<>(List.of(locale.toLanguageTag(), locale.getLanguage(), "en"));
  }

  static TemplateText builtIn(MailTemplate template, URL text) {
    try (InputStream in = text.openStream()) {
      return TemplateText.parse(new String(in.readAllBytes(), UTF_8), template.values());
    } catch (IOException e) {
      throw new UncheckedIOException("A text of " + template.id() + " cannot be read", e);
    }
  }

  private static void requireShort(MailTemplate template, MailContent content) {
    if (content.text().getBytes(UTF_8).length > MOST_BODY_BYTES
        || content.html().getBytes(UTF_8).length > MOST_BODY_BYTES) {
      throw new IllegalArgumentException("A mail of " + template.id() + " is too long");
    }
  }
}
