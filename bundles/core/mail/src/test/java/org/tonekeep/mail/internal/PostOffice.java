package org.tonekeep.mail.internal;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.jobs.internal.RunningJobs;
import org.tonekeep.mail.api.Letter;
import org.tonekeep.mail.api.MailPurpose;
import org.tonekeep.mail.api.MailTemplate;
import org.tonekeep.mail.internal.jpa.MessageStore;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestKeys;

/** The whole queue over a test database and the product's own jobs, with an adapter to turn. */
final class PostOffice implements AutoCloseable {
  static final String OWNER = "00000000-0000-7000-8000-00000000000a";

  final TestDatabase db;
  final Sites sites = new Sites();
  final TestKeys keys;
  final TemplateBoard templates = new TemplateBoard();
  final SenderBoard senders = new SenderBoard();
  final FakeSender sender = new FakeSender();
  final MessageStore store;
  final MailSeals seals;
  final Overrides overrides;
  final MailQueue queue;
  final MailJob job;
  final MailData data;
  final MailUpkeep upkeep;
  final RunningJobs jobs;
  private Runnable stop = () -> {};

  PostOffice(TestDatabase db, Path folder, Clock clock) {
    this.db = db;
    this.keys = new TestKeys(clock);
    this.store = new MessageStore(db.unit("mail"));
    this.seals = new MailSeals(keys, keys);
    this.overrides = new Overrides(folder.resolve("mail"), templates, sites);
    this.jobs = new RunningJobs(db, clock, sites);
    this.queue =
        new MailQueue(
            sites, templates, overrides, store, seals, jobs.queue(), db.tx(), clock, 8181);
    this.job = new MailJob(sites, senders, store, seals, jobs.queue(), clock);
    this.data = new MailData(store, seals);
    this.upkeep = new MailUpkeep(sites, store, overrides, clock);
    templates.addTemplates(() -> List.of(confirm(folder), prompt(folder)));
    connect();
  }

  private static MailTemplate confirm(Path folder) {
    return new MailTemplate(
        "test.confirm",
        MailPurpose.AUTHENTICATION,
        List.of("name", "link"),
        Map.of(
            "en",
            text(
                folder,
                "confirm.en",
                "Subject: Confirm, {name}\n\nHello {name}, welcome to {site}.\n\n[Confirm]({link})\n"),
            "de",
            text(
                folder,
                "confirm.de",
                "Subject: Bestätige, {name}\n\nHallo {name}\n\n[Bestätigen]({link})\n")));
  }

  private static MailTemplate prompt(Path folder) {
    return new MailTemplate(
        "test.prompt",
        MailPurpose.PROMPT,
        List.of(),
        Map.of("en", text(folder, "prompt.en", "Subject: Go\n\nA stage opens.\n")));
  }

  private static URL text(Path folder, String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void connect() {
    senders.addSender(sender, Map.of("mail.adapter", "outbox"));
  }

  void disconnect() {
    senders.removeSender(sender, Map.of("mail.adapter", "outbox"));
  }

  void start() {
    stop = jobs.start(job);
  }

  void stopWorking() {
    stop.run();
    stop = () -> {};
  }

  Letter letter(String to) {
    return new Letter(
        "test.confirm", to, Optional.empty(), Map.of("name", "Ann", "link", "/confirm#t0ken"));
  }

  Letter owned(String to) {
    return new Letter(
        "test.confirm",
        to,
        Optional.of(new AccountId(OWNER)),
        Map.of("name", "Ann", "link", "/confirm#t0ken"));
  }

  QueuedMail only(TenantId tenant) {
    List<QueuedMail> rows = store.newest(tenant, 10);
    if (rows.size() != 1) {
      throw new AssertionError(rows.size() + " rows");
    }
    return rows.get(0);
  }

  @Override
  public void close() {
    stop.run();
    upkeep.stop();
    db.close();
  }
}
