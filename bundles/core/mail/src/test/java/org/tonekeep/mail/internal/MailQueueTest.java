package org.tonekeep.mail.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.tonekeep.mail.internal.Sites.ALICE;
import static org.tonekeep.mail.internal.Sites.BOB;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.mail.api.Letter;
import org.tonekeep.mail.api.Mail;
import org.tonekeep.mail.api.MailPurposeException;
import org.tonekeep.mail.api.MailRefusedException;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;

@RunWith(Parameterized.class)
public final class MailQueueTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final Engine engine;
  private final TestClock clock = TestClock.standing();
  private PostOffice post;

  public MailQueueTest(Engine engine) {
    this.engine = engine;
  }

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  @Before
  public void open() {
    post =
        new PostOffice(TestDatabase.open(engine, "jobs", "mail"), folder.getRoot().toPath(), clock);
  }

  @After
  public void close() {
    post.close();
  }

  private void awaitEnd(MailState state) {
    await().until(() -> post.only(ALICE).state() == state);
  }

  @Test
  public void shouldSendOnceWhatWasCommittedAndForgetIt() {
    post.start();
    post.db.tx().run(ALICE, () -> post.queue.send(ALICE, post.letter("ann@x.example")));
    awaitEnd(MailState.SENT);
    Mail mail = post.sender.mails().get(0);
    QueuedMail row = post.only(ALICE);
    assertThat(mail.id()).isEqualTo(row.id() + "@alice.example");
    assertThat(mail.from()).isEqualTo("noreply@alice.example");
    assertThat(mail.to()).isEqualTo("ann@x.example");
    assertThat(mail.subject()).isEqualTo("Confirm, Ann");
    assertThat(mail.text()).contains("https://alice.example/confirm#t0ken");
    assertThat(mail.headers())
        .containsOnly(
            Map.entry("Auto-Submitted", "auto-generated"),
            Map.entry("Content-Language", "en"),
            Map.entry("Date", "Sun, 1 Nov 2026 12:00:00 +0000"));
    assertThat(row.content()).isNull();
    assertThat(row.owner()).isEmpty();
    assertThat(post.sender.taken).hasSize(1);
    assertThat(post.store.newest(BOB, 10)).isEmpty();
  }

  @Test
  public void shouldSendNothingThatWasRolledBack() {
    post.start();
    assertThatThrownBy(
            () ->
                post.db
                    .tx()
                    .run(
                        ALICE,
                        () -> {
                          post.queue.send(ALICE, post.letter("ann@x.example"));
                          throw new IllegalStateException("no");
                        }))
        .hasMessage("no");
    post.queue.send(ALICE, post.letter("ben@x.example"));
    awaitEnd(MailState.SENT);
    assertThat(post.sender.mails()).extracting(Mail::to).containsExactly("ben@x.example");
  }

  @Test
  public void shouldKeepNothingReadableInTheTable() {
    post.keys.create(ALICE, PostOffice.OWNER);
    post.queue.send(ALICE, post.owned("ann@x.example"));
    MailContent sealed = post.only(ALICE).content();
    for (String text :
        List.of(sealed.recipient(), sealed.subject(), sealed.text(), sealed.html())) {
      assertThat(text).doesNotContain("ann").doesNotContain("t0ken").matches("[A-Za-z0-9_-]+");
    }
    assertThat(post.jobs.queue().list(ALICE, null, 10))
        .singleElement()
        .satisfies(
            job -> {
              assertThat(job.request().owner()).isEmpty();
              assertThat(job.request().subject()).isEqualTo(post.only(ALICE).id());
              assertThat(job.request().payload()).isEmpty();
            });
  }

  @Test
  public void shouldSendOnceWhenTheServerIsBackAfterADay() {
    post.sender.failure = new IOException("connection refused");
    post.start();
    Instant back = clock.instant().plus(Duration.ofDays(1));
    post.queue.send(ALICE, post.letter("ann@x.example"));
    int tries = 1;
    while (clock.instant().isBefore(back)) {
      int expected = tries++;
      await().until(() -> post.only(ALICE).tries() == expected);
      Duration pause = Duration.between(clock.instant(), post.only(ALICE).nextAt());
      assertThat(pause).isBetween(Duration.ofSeconds(4), Duration.ofMinutes(72));
      assertThat(post.only(ALICE).reason()).isEqualTo("connection refused");
      clock.advance(pause);
    }
    assertThat(tries).isBetween(20, 60);
    int last = tries;
    await().until(() -> post.only(ALICE).tries() == last);
    post.sender.failure = null;
    clock.advance(Duration.ofMinutes(73));
    awaitEnd(MailState.SENT);
    assertThat(post.sender.taken).hasSize(1);
  }

  @Test
  public void shouldGiveUpAfterThreeDays() {
    post.sender.failure = new IOException("connection refused");
    post.start();
    post.queue.send(ALICE, post.letter("ann@x.example"));
    await().until(() -> post.only(ALICE).tries() == 1);
    clock.advance(Duration.ofDays(3));
    awaitEnd(MailState.FAILED);
    assertThat(post.only(ALICE).reason())
        .isEqualTo("not sent within three days: connection refused");
    assertThat(post.only(ALICE).content()).isNull();
    clock.advance(Duration.ofDays(6));
    post.upkeep.purge();
    assertThat(post.store.newest(ALICE, 10)).hasSize(1);
    clock.advance(Duration.ofDays(1));
    post.upkeep.purge();
    assertThat(post.store.newest(ALICE, 10)).isEmpty();
  }

  @Test
  public void shouldEndALetterThatNoJobCameToInThreeDays() {
    post.queue.send(ALICE, post.letter("ann@x.example"));
    clock.advance(Duration.ofDays(3).plusHours(3));
    post.upkeep.purge();
    assertThat(post.only(ALICE).state()).isEqualTo(MailState.FAILED);
    assertThat(post.only(ALICE).content()).isNull();
    post.start();
    await()
        .until(
            () ->
                post.jobs.queue().list(ALICE, null, 10).stream().allMatch(j -> j.state().ended()));
    assertThat(post.sender.taken).isEmpty();
  }

  @Test
  public void shouldFailAtOnceWhatIsRefusedForGood() {
    post.sender.failure = new MailRefusedException("550 no such mailbox");
    post.start();
    post.queue.send(ALICE, post.letter("ann@x.example"));
    awaitEnd(MailState.FAILED);
    assertThat(post.only(ALICE).reason()).isEqualTo("refused: 550 no such mailbox");
    assertThat(post.only(ALICE).content()).isNull();
    assertThat(post.sender.tries.get()).isEqualTo(1);
  }

  @Test
  public void shouldSendAgainUnderTheSameIdWhenTheWorkerDiesBeforeItIsNoted() {
    post.sender.afterwards =
        () -> {
          if (post.sender.tries.get() == 1) {
            throw new NoClassDefFoundError("the worker died");
          }
        };
    post.start();
    post.queue.send(ALICE, post.letter("ann@x.example"));
    await().until(() -> post.sender.tries.get() == 1);
    await()
        .until(
            () -> {
              clock.advance(Duration.ofSeconds(1));
              return post.only(ALICE).state() == MailState.SENT;
            });
    assertThat(post.sender.mails()).hasSize(2);
    assertThat(post.sender.mails())
        .extracting(Mail::id)
        .containsOnly(post.sender.mails().get(0).id());
  }

  @Test
  public void shouldWaitForAnAdapterThatIsAway() {
    post.disconnect();
    post.start();
    post.queue.send(ALICE, post.letter("ann@x.example"));
    await().until(() -> post.only(ALICE).reason().equals("mail.adapter=outbox is not running"));
    MailReadiness readiness = new MailReadiness(post.sites, post.senders, post.overrides);
    assertThat(readiness.check().detail()).contains("mails of alice wait for adapter 'outbox'");
    post.connect();
    await()
        .until(
            () -> {
              clock.advance(Duration.ofSeconds(1));
              return post.only(ALICE).state() == MailState.SENT;
            });
    assertThat(post.only(ALICE).tries()).isZero();
    assertThat(readiness.check().detail()).doesNotContain("wait");
  }

  @Test
  public void shouldDropTheLetterOfAnOwnerWhoseKeyIsGone() {
    post.keys.create(ALICE, PostOffice.OWNER);
    post.queue.send(ALICE, post.owned("ann@x.example"));
    post.keys.destroy(ALICE, PostOffice.OWNER);
    post.start();
    awaitEnd(MailState.FAILED);
    assertThat(post.only(ALICE).reason()).isEqualTo("the account is gone");
    assertThat(post.sender.taken).isEmpty();
  }

  @Test
  public void shouldExportAndEraseWhatWaitsOfAnAccount() {
    AccountId owner = new AccountId(PostOffice.OWNER);
    post.keys.create(ALICE, PostOffice.OWNER);
    post.keys.create(BOB, PostOffice.OWNER);
    post.queue.send(ALICE, post.owned("ann@x.example"));
    post.queue.send(BOB, post.owned("ann@y.example"));
    assertThat(post.data.export(ALICE, owner).get("queuedMail"))
        .singleElement()
        .satisfies(
            m -> {
              assertThat(m).containsEntry("recipient", "ann@x.example");
              assertThat(m.toString()).doesNotContain("t0ken");
            });
    post.data.erase(ALICE, owner);
    assertThat(post.store.newest(ALICE, 10)).isEmpty();
    assertThat(post.store.newest(BOB, 10)).hasSize(1);
    post.start();
    await().until(() -> post.sender.taken.size() == 1);
    assertThat(post.sender.mails()).extracting(Mail::to).containsExactly("ann@y.example");
  }

  @Test
  public void shouldRefuseWhatTheTenantDoesNotSend() {
    Letter prompt = new Letter("test.prompt", "ann@x.example", Optional.empty(), Map.of());
    assertThatThrownBy(() -> post.queue.send(ALICE, prompt))
        .isInstanceOf(MailPurposeException.class);
    post.sites.put(
        ALICE, List.of("alice.example"), Locale.ENGLISH, Map.of("mail.purposes", "prompt"));
    post.queue.send(ALICE, prompt);
    assertThatThrownBy(() -> post.queue.send(ALICE, post.letter("ann@x.example")))
        .isInstanceOf(MailPurposeException.class);
    assertThat(post.store.newest(ALICE, 10)).hasSize(1);
  }

  @Test
  public void shouldRefuseUnknownTemplatesValuesAndAddressesWithoutRepeatingThem() {
    Letter unknown = new Letter("test.other", "ann@x.example", Optional.empty(), Map.of());
    Letter missing =
        new Letter("test.confirm", "ann@x.example", Optional.empty(), Map.of("name", "Ann"));
    Letter foreign =
        new Letter(
            "test.confirm",
            "ann@x.example",
            Optional.empty(),
            Map.of("name", "Ann", "link", "https://evil.example"));
    for (Letter bad :
        List.of(unknown, missing, foreign, post.letter("ann@x.example\r\nBcc: b@x.example"))) {
      assertThatThrownBy(() -> post.queue.send(ALICE, bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("example");
    }
    post.sites.put(ALICE, List.of(), Locale.ENGLISH, Map.of());
    assertThatThrownBy(() -> post.queue.send(ALICE, post.letter("ann@x.example")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("hosts");
    assertThat(post.store.newest(ALICE, 10)).isEmpty();
  }

  @Test
  public void shouldTakeTheOperatorsTextAndTheTenantsLanguage() throws Exception {
    post.sites.put(
        ALICE,
        List.of("alice.example"),
        Locale.forLanguageTag("de-AT"),
        Map.of("mail.from", "Alice <hi@alice.example>", "mail.replyTo", "help@alice.example"));
    Path own = folder.getRoot().toPath().resolve("mail/alice");
    Files.createDirectories(own);
    Path file = own.resolve("test.confirm.de.txt");
    post.start();
    post.queue.send(ALICE, post.letter("ann@x.example"));
    await().until(() -> post.sender.taken.size() == 1);
    Files.writeString(file, "Subject: Servus {name}\n\n[Los]({link})\n");
    post.queue.send(ALICE, post.letter("ann@x.example"));
    await().until(() -> post.sender.taken.size() == 2);
    Files.writeString(file, "Subject: Servus {nobody}\n\n[Los]({link})\n");
    Files.writeString(own.resolve("test.nothing.de.txt"), "Subject: x\n\nx");
    post.queue.send(ALICE, post.letter("ann@x.example"));
    await().until(() -> post.sender.taken.size() == 3);
    assertThat(post.sender.mails())
        .extracting(Mail::subject)
        .containsExactly("Bestätige, Ann", "Servus Ann", "Bestätige, Ann");
    Mail mail = post.sender.mails().get(0);
    assertThat(mail.from()).isEqualTo("Alice <hi@alice.example>");
    assertThat(mail.headers())
        .containsEntry("Content-Language", "de")
        .containsEntry("Reply-To", "help@alice.example");
    post.overrides.look();
    assertThat(post.overrides.problems())
        .containsExactly(
            "mail/alice/test.confirm.de.txt: there is no value {nobody}",
            "mail/alice/test.nothing.de.txt: no running bundle has a template for a file so named");
    Files.delete(file);
    post.overrides.look();
    assertThat(post.overrides.problems()).hasSize(1);
  }
}
