package org.tonekeep.mail.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.crypto.api.BrokenSealException;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobContext;
import org.tonekeep.jobs.api.JobHandler;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.mail.api.Mail;
import org.tonekeep.mail.api.MailRefusedException;
import org.tonekeep.mail.api.MailSender;
import org.tonekeep.mail.internal.jpa.MessageStore;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * Sends one letter. Each try is a job of its own, so that a letter has three days, whatever a job
 * has. A process that dies between the adapter's yes and the commit sends once more, with the same
 * {@code Message-ID}: at least once, since never would be worse.
 */
@Component(service = JobHandler.class)
public final class MailJob implements JobHandler {
  static final String KIND = "core.mail";

  private static final Logger LOG = LoggerFactory.getLogger(MailJob.class);

  /** RFC 5322 section 3.3. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

  private final Tenants tenants;
  private final SenderBoard senders;
  private final MessageStore store;
  private final MailSeals seals;
  private final Jobs jobs;
  private final Clock clock;

  @Activate
  public MailJob(
      @Reference Tenants tenants,
      @Reference SenderBoard senders,
      @Reference MessageStore store,
      @Reference MailSeals seals,
      @Reference Jobs jobs,
      @Reference Clock clock) {
    this.tenants = tenants;
    this.senders = senders;
    this.store = store;
    this.seals = seals;
    this.jobs = jobs;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(JobContext context) throws IOException {
    TenantId tenant = context.job().tenant();
    Optional<QueuedMail> row = store.find(tenant, context.job().request().subject());
    if (row.isEmpty() || row.get().state() != MailState.WAITING) {
      return; // erased meanwhile, or a second job for what an earlier one ended
    }
    QueuedMail queued = row.get();
    if (Pauses.over(queued.createdAt(), clock.instant())) {
      fail(context, queued, "not sent within three days: " + queued.reason());
      return;
    }
    Mail mail;
    try {
      mail = mail(tenants.find(tenant).orElseThrow(), queued);
    } catch (NoOwnerKeyException e) {
      fail(context, queued, "the account is gone");
      return;
    } catch (BrokenSealException e) {
      fail(context, queued, "its content is damaged");
      return;
    }
    MailSender sender = sender(tenant, queued);
    context.checkCancelled();
    try {
      sender.send(tenant, mail);
    } catch (MailRefusedException e) {
      fail(context, queued, "refused: " + e.getMessage());
      return;
    } catch (IOException e) {
      later(context, queued, e);
      return;
    }
    context.commit(() -> end(tenant, queued, MailState.SENT, ""));
    LOG.info("Mail {} ({}) was sent", queued.id(), queued.template());
  }

  private MailSender sender(TenantId tenant, QueuedMail queued) {
    String adapter = tenants.find(tenant).orElseThrow().get(MailKeys.ADAPTER);
    return senders
        .find(adapter)
        .orElseThrow(
            () -> {
              String missing = MailKeys.ADAPTER.name() + "=" + adapter;
              store.explain(tenant, queued.id(), missing + " is not running");
              return new AdapterMissingException(missing);
            });
  }

  private Mail mail(Tenant tenant, QueuedMail queued) {
    MailContent sealed = queued.content();
    if (sealed == null) {
      throw new BrokenSealException();
    }
    MailContent content = seals.open(tenant.id(), queued.owner(), sealed);
    Map<String, String> headers = new HashMap<>();
    headers.put("Date", DATE.format(queued.createdAt()));
    headers.put("Auto-Submitted", "auto-generated"); // RFC 3834 section 5
    headers.put("Content-Language", queued.lang());
    String replyTo = tenant.get(MailKeys.REPLY_TO);
    if (!replyTo.isEmpty()) {
      headers.put("Reply-To", replyTo);
    }
    String from = tenant.get(MailKeys.FROM);
    return new Mail(
        queued.id() + "@" + queued.host(),
        queued.owner(),
        from.isEmpty() ? "noreply@" + queued.host() : from,
        content.recipient(),
        content.subject(),
        content.text(),
        content.html(),
        headers);
  }

  private void later(JobContext context, QueuedMail queued, IOException failure) {
    int tries = queued.tries() + 1;
    Instant next = clock.instant().plus(Pauses.after(tries, ThreadLocalRandom.current()));
    String reason = cut(String.valueOf(failure.getMessage()));
    LOG.warn(
        "Mail {} ({}) was not taken at try {}: {}", queued.id(), queued.template(), tries, reason);
    LOG.debug("Mail {}", queued.id(), failure);
    TenantId tenant = context.job().tenant();
    context.commit(
        () -> {
          if (store.later(tenant, queued.id(), tries, next, reason)) {
            JobId unused = jobs.enqueueAt(tenant, MailQueue.request(queued.id()), next);
          }
        });
  }

  private void fail(JobContext context, QueuedMail queued, String reason) {
    TenantId tenant = context.job().tenant();
    context.commit(() -> end(tenant, queued, MailState.FAILED, cut(reason)));
    LOG.warn("Mail {} ({}) failed: {}", queued.id(), queued.template(), cut(reason));
  }

  private void end(TenantId tenant, QueuedMail queued, MailState state, String reason) {
    boolean unused = store.end(tenant, queued.id(), state, reason, clock.instant());
  }

  static String cut(String reason) {
    return reason.length() <= MessageStore.MOST_REASON
        ? reason
        : reason.substring(0, MessageStore.MOST_REASON);
  }

  /** A job ran out of attempts (crashes, a defect in an adapter): the letter has its three days. */
  @Override
  public void failed(Job job, String reason) {
    Optional<QueuedMail> row = store.find(job.tenant(), job.request().subject());
    if (row.isEmpty()) {
      return;
    }
    int tries = row.get().tries() + 1;
    Instant next = clock.instant().plus(Pauses.after(tries, ThreadLocalRandom.current()));
    if (store.later(job.tenant(), row.get().id(), tries, next, cut(reason))) {
      JobId unused = jobs.enqueueAt(job.tenant(), MailQueue.request(row.get().id()), next);
    }
  }

  @Override
  public void cancelled(Job job) {
    boolean unused =
        store.end(
            job.tenant(),
            job.request().subject(),
            MailState.FAILED,
            "cancelled by the operator",
            clock.instant());
  }
}
