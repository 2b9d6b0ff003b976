package org.tonekeep.mail.outbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.mail.api.Mail;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestTenants;

public final class OutboxTest {
  private static final TenantId ALICE = TestTenants.ALICE;
  private static final TenantId BOB = TestTenants.BOB;
  private static final AccountId ANN = new AccountId("00000000-0000-7000-8000-00000000000a");
  private static final AccountId BEN = new AccountId("00000000-0000-7000-8000-00000000000b");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final TestClock clock = TestClock.standing();
  private final TestTenants tenants = new TestTenants();
  private Path root;
  private Outbox outbox;
  private OutboxData data;

  @Before
  public void open() {
    root = folder.getRoot().toPath().resolve("outbox");
    outbox = new Outbox(root, clock);
    data = new OutboxData(outbox);
  }

  private static Mail mail(Optional<AccountId> owner, String subject) {
    return new Mail(
        UUID.randomUUID() + "@music.example",
        owner,
        "noreply@music.example",
        "ann@listener.example",
        subject,
        "Grüße\n\nhttps://music.example/confirm#t=0\n",
        "<p>x</p>",
        Map.of("Date", "Sun, 1 Nov 2026 12:00:00 +0000"));
  }

  private List<Path> files(TenantId tenant) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(tenant.value()))) {
      return files.toList();
    }
  }

  @Test
  public void shouldShowAnOperatorWhatWasSent() throws Exception {
    Mail mail = mail(Optional.of(ANN), "Bestätige 🎵 " + "lang ".repeat(20).strip());
    outbox.put(ALICE, mail);
    Message message = outbox.find(ALICE, mail.id().substring(0, 36)).orElseThrow();
    assertThat(message.subject()).isEqualTo(mail.subject());
    assertThat(message.to()).isEqualTo("ann@listener.example");
    assertThat(message.date()).isEqualTo("Sun, 1 Nov 2026 12:00:00 +0000");
    assertThat(message.text()).isEqualTo(mail.text());
    assertThat(outbox.find(ALICE, "")).contains(message);
    assertThat(outbox.find(BOB, "")).isEmpty();
    assertThat(outbox.find(ALICE, UUID.randomUUID().toString())).isEmpty();
    assertThat(message.toString()).doesNotContain("ann");
  }

  @Test
  public void shouldBeReadableByTheOperatorOnly() throws Exception {
    outbox.put(ALICE, mail(Optional.of(ANN), "x"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files(ALICE).get(0))))
        .isEqualTo("rw-------");
    for (Path part : List.of(root, root.resolve("alice"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(part)))
          .isEqualTo("rwx------");
    }
    assertThat(files(ALICE).get(0).toString()).doesNotContain("listener");
  }

  @Test
  public void shouldBeOneFileHoweverOftenItIsSent() throws Exception {
    Mail mail = mail(Optional.empty(), "x");
    outbox.put(ALICE, mail);
    outbox.put(ALICE, mail);
    assertThat(files(ALICE)).hasSize(1);
  }

  @Test
  public void shouldRemoveWhatIsOldAndWhatACrashLeft() throws Exception {
    OutboxUpkeep upkeep = new OutboxUpkeep(tenants, outbox, clock);
    try {
      tenants.set(BOB, OutboxKeys.KEEP, "P30D");
      outbox.put(ALICE, mail(Optional.empty(), "old"));
      outbox.put(BOB, mail(Optional.empty(), "old"));
      Files.setLastModifiedTime(
          Files.createFile(root.resolve("alice/.x.part")),
          java.nio.file.attribute.FileTime.from(clock.instant()));
      clock.advance(Duration.ofDays(7).plusSeconds(1));
      outbox.put(ALICE, mail(Optional.empty(), "new"));
      upkeep.purge();
      assertThat(files(ALICE)).hasSize(1);
      assertThat(outbox.find(ALICE, "").orElseThrow().subject()).isEqualTo("new");
      assertThat(files(BOB)).hasSize(1);
    } finally {
      upkeep.stop();
    }
  }

  @Test
  public void shouldExportAndEraseTheMailsOfAnAccountOnly() throws Exception {
    outbox.put(ALICE, mail(Optional.of(ANN), "one"));
    outbox.put(ALICE, mail(Optional.of(BEN), "two"));
    outbox.put(ALICE, mail(Optional.empty(), "three"));
    outbox.put(BOB, mail(Optional.of(ANN), "four"));
    assertThat(data.export(ALICE, ANN).get("outboxMail"))
        .singleElement()
        .satisfies(
            m -> {
              assertThat(m).containsEntry("subject", "one");
              assertThat(m.toString()).doesNotContain("confirm");
            });
    data.erase(ALICE, ANN);
    data.erase(ALICE, ANN);
    assertThat(data.export(ALICE, ANN).get("outboxMail")).isEmpty();
    assertThat(files(ALICE)).hasSize(2);
    assertThat(files(BOB)).hasSize(1);
  }

  @Test
  public void shouldSayNoPathWhenItCannotWrite() throws Exception {
    Files.createFile(root);
    assertThatThrownBy(() -> new OutboxMailSender(outbox).send(ALICE, mail(Optional.of(ANN), "x")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the outbox cannot be written")
        .hasMessageNotContaining(root.toString());
  }
}
