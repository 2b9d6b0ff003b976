package org.tonekeep.audit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tonekeep.testing.kit.TestTenants.ALICE;
import static org.tonekeep.testing.kit.TestTenants.BOB;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.ws.rs.core.Response;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.audit.internal.rest.AuditResource;
import org.tonekeep.audit.internal.rest.EntryJson;
import org.tonekeep.audit.internal.rest.TlogDoor;
import org.tonekeep.audit.internal.tree.TreeHash;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Profile;
import org.tonekeep.identity.api.Role;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Who;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** What the log shows: to whom it concerns, and to everybody. */
@RunWith(Parameterized.class)
public final class OpenLogTest {
  private static final AccountId ANN = new AccountId("00000000-0000-7000-8000-00000000000a");
  private static final AccountId BEN = new AccountId("00000000-0000-7000-8000-00000000000b");
  private static final AccountId STAFF = new AccountId("00000000-0000-7000-8000-00000000000c");

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private Rig rig;
  private AuditResource resource;
  private TlogDoor door;

  public OpenLogTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    rig = new Rig(engine);
    Accounts accounts =
        (Accounts)
            Proxy.newProxyInstance(
                OpenLogTest.class.getClassLoader(),
                new Class<?>[] {Accounts.class},
                (proxy, method, arguments) ->
                    account((TenantId) arguments[0], (AccountId) arguments[1]));
    resource = new AuditResource(rig.store, rig.proofs, accounts);
    door = new TlogDoor(new PublicLog(rig.trees, rig.proofs));
  }

  private static Optional<Account> account(TenantId tenant, AccountId id) {
    Set<Role> roles = id.equals(STAFF) ? Set.of(Role.ARTIST, Role.STAFF) : Set.of(Role.ARTIST);
    return Optional.of(
        new Account(
            tenant,
            id,
            "a@example.org",
            Profile.named("A"),
            roles,
            "free",
            AccountState.ACTIVE,
            0,
            Set.of(),
            Instant.EPOCH));
  }

  @After
  public void close() {
    rig.close();
  }

  private void act(Actor actor, String action, String subject) {
    rig.clock.advance(Duration.ofMillis(1));
    rig.log.append(
        ALICE, AuditEntry.of(actor, action).on(subject).ownedBy(ANN).from("net").with("n", "1"));
  }

  private static Who who(TenantId tenant, AccountId account) {
    Caller caller = new Caller(tenant, account, Set.of(Role.ARTIST), "session");
    return new Who(tenant, Optional.of(caller), "/t/" + tenant, "request");
  }

  private EntryJson.Page mine(
      AccountId account, String action, String since, String after, int most) {
    Response answer =
        resource.mine(who(ALICE, account), action, "", since, "", after, Integer.toString(most));
    return (EntryJson.Page) answer.getEntity();
  }

  @Test
  public void shouldShowAnOwnerWhatWasDoneAndWhatTheOthersAreButNotWho() {
    act(Actor.account(ANN), "track.upload", "t1");
    act(Actor.account(STAFF), "blob.read", "t1");
    act(Actor.account(BEN), "blob.read", "t1");
    act(Actor.stranger(), "blob.read", "t1");
    act(Actor.operator(), "account.suspend", ANN.value());
    act(Actor.platform(), "track.purge", "t1");
    rig.log.append(ALICE, AuditEntry.of(Actor.account(BEN), "session.begin"));
    rig.log.append(BOB, AuditEntry.of(Actor.account(BEN), "note.add").ownedBy(ANN));

    EntryJson.Page page = mine(ANN, "", "", "", 50);

    assertThat(page.items())
        .extracting(EntryJson::who)
        .containsExactly("platform", "operator", "stranger", "recipient", "staff", "you");
    assertThat(page.items())
        .extracting(EntryJson::network)
        .containsExactly("", "", "", "", "", "net");
    assertThat(page.toString()).doesNotContain(BEN.value(), STAFF.value());
    assertThat(mine(BEN, "", "", "", 50).items())
        .extracting(EntryJson::action)
        .containsExactly("session.begin", "blob.read");
  }

  @Test
  public void shouldGiveAListPageByPageAndByWhatIsAskedFor() {
    for (int i = 0; i < 5; i++) {
      act(Actor.account(i % 2 == 0 ? ANN : BEN), i == 3 ? "track.delete" : "track.play", "t" + i);
    }
    EntryJson.Page first = mine(ANN, "", "", "", 3);
    EntryJson.Page second = mine(ANN, "", "", String.valueOf(first.next()), 3);

    assertThat(first.items()).extracting(EntryJson::subject).containsExactly("t4", "t3", "t2");
    assertThat(second.items()).extracting(EntryJson::subject).containsExactly("t1", "t0");
    assertThat(second.next()).isNull();
    assertThat(mine(ANN, "track.d", "", "", 50).items()).hasSize(1);
    assertThat(mine(ANN, "", rig.clock.instant().toString(), "", 50).items()).hasSize(1);
    Response linked = resource.mine(who(ALICE, ANN), "track.", "", "", "", "", "1");
    assertThat(linked.getHeaderString("Link"))
        .isEqualTo(
            "</t/alice/api/audit/mine?limit=1&after="
                + first.items().get(0).id()
                + "&action=track.>; rel=\"next\"");
    for (ThrowingCallable wrong :
        new ThrowingCallable[] {
          () -> mine(ANN, "", "", "", 0),
          () -> mine(ANN, "", "", "x", 1),
          () -> mine(ANN, "A%", "", "", 1),
          () -> mine(ANN, "", "yesterday", "", 1)
        }) {
      assertThat(catchThrowableOfType(ProblemException.class, wrong).status()).isEqualTo(422);
    }
  }

  @Test
  public void shouldProveAnEntryOfflineToWhomItConcernsAndToNobodyElse() {
    for (int i = 0; i < 300; i++) {
      act(Actor.account(STAFF), "blob.read", "t" + i);
    }
    EntryJson entry = mine(ANN, "", "", "", 150).items().get(149);
    assertThat(refused(ANN, entry.id())).isEqualTo(503);
    rig.sequencer.tick();

    Response answer = resource.proof(who(ALICE, ANN), entry.id());
    String proof = (String) answer.getEntity();
    String key = rig.proofs.key(ALICE).orElseThrow().toString();

    assertThat(proof.length()).isLessThan(3 * 1024);
    assertThat(OfflineProof.check(key, proof))
        .contains("id " + entry.id(), "action blob.read", "outcome 1")
        .anyMatch(line -> line.endsWith(" " + Leaf.text(entry.subject().getBytes(UTF_8))))
        .anyMatch(line -> line.startsWith("actor - "));
    assertThat(answer.getHeaderString("Content-Disposition"))
        .isEqualTo("attachment; filename=\"" + entry.id() + ".tlog-proof\"");
    assertThat(
            OfflineProof.check(
                key, (String) resource.proof(who(ALICE, STAFF), entry.id()).getEntity()))
        .contains("actor " + actorLine(entry.id()));
    for (String other : new String[] {BEN.value(), ANN.value()}) {
      TenantId tenant = other.equals(ANN.value()) ? BOB : ALICE;
      assertThat(
              catchThrowableOfType(
                      ProblemException.class,
                      () -> resource.proof(who(tenant, new AccountId(other)), entry.id()))
                  .status())
          .isEqualTo(404);
    }
    assertThat(refused(ANN, "x")).isEqualTo(404);
    everyLetter(key, proof);
  }

  private String actorLine(String id) {
    StoredEntry stored = rig.store.find(ALICE, id).orElseThrow();
    return Leaf.text(Leaf.partSalt(Leaf.bytes(stored.salt()), 0))
        + " "
        + Leaf.text(("ACCOUNT:" + STAFF.value()).getBytes(UTF_8));
  }

  /** Whatever is altered in what is proven, both programs see it. */
  private void everyLetter(String key, String proof) {
    String[] lines = proof.split("\n");
    String extra = new String(Base64.getDecoder().decode(lines[1].substring(6)), UTF_8);
    for (int i = 0; i < extra.length(); i += 7) {
      if (extra.charAt(i) != '\n' && extra.charAt(i) != ' ') {
        char other = extra.charAt(i) == '1' ? '2' : '1';
        String changed = extra.substring(0, i) + other + extra.substring(i + 1);
        lines[1] = "extra " + Base64.getEncoder().encodeToString(changed.getBytes(UTF_8));
        String forged = String.join("\n", lines) + "\n";
        assertThatThrownBy(
                () -> ProofFile.parse(forged).verify(rig.proofs.key(ALICE).orElseThrow()))
            .as(changed)
            .isInstanceOf(RuntimeException.class);
      }
    }
    String elsewhere = proof.replaceFirst("index [0-9]+", "index 7");
    assertThatThrownBy(() -> OfflineProof.check(key, elsewhere)).hasMessageContaining("root");
    String other = rig.proofs.key(ALICE).orElseThrow().toString().replace("+A", "+B");
    assertThatThrownBy(() -> OfflineProof.check(other, proof)).isInstanceOf(RuntimeException.class);
  }

  private int refused(AccountId account, String id) {
    return catchThrowableOfType(
            ProblemException.class, () -> resource.proof(who(ALICE, account), id))
        .status();
  }

  @Test
  public void shouldServeCheckpointKeyAndTilesToEverybodyAndNothingOfAnybody() throws IOException {
    for (int i = 0; i < 300; i++) {
      act(Actor.account(ANN), "blob.read", "secret-subject");
    }
    rig.sequencer.tick();
    rig.append(BOB, AuditEntry.of(Actor.platform(), "track.purge"));

    Answer checkpoint = ask(ALICE, "GET", "/tlog/checkpoint");
    assertThat(checkpoint.text()).isEqualTo(rig.checkpoint(ALICE));
    assertThat(checkpoint.headers).containsEntry("Cache-Control", "public, max-age=1");
    assertThat(ask(BOB, "GET", "/tlog/checkpoint").text()).startsWith("bob.localhost/tlog\n1\n");
    assertThat(ask(ALICE, "GET", "/tlog/key").text().strip())
        .isEqualTo(rig.proofs.key(ALICE).orElseThrow().toString());
    Answer full = ask(ALICE, "GET", "/tlog/tile/0/000");
    assertThat(full.body.size()).isEqualTo(8192);
    assertThat(full.headers.get("Cache-Control")).contains("immutable");
    assertThat(ask(ALICE, "GET", "/tlog/tile/0/001.p/44").body.size()).isEqualTo(44 * 32);
    assertThat(ask(ALICE, "GET", "/tlog/tile/0/001.p/7").body.size()).isEqualTo(7 * 32);
    assertThat(ask(ALICE, "GET", "/tlog/tile/1/000.p/1").body.size()).isEqualTo(32);
    Answer bundle = ask(ALICE, "GET", "/tlog/tile/entries/001.p/44");
    assertThat(bundle.body.size()).isEqualTo(44 * 75);
    byte[] leaf = java.util.Arrays.copyOfRange(bundle.body.toByteArray(), 2, 75);
    byte[] tile = ask(ALICE, "GET", "/tlog/tile/0/001.p/1").body.toByteArray();
    assertThat(TreeHash.leaf(leaf)).isEqualTo(tile);
    assertThat(new String(bundle.body.toByteArray(), UTF_8)).doesNotContain("secret", "blob.read");
    assertThat(ask(ALICE, "HEAD", "/tlog/tile/0/000").body.size()).isZero();
    for (String path :
        new String[] {
          "/tlog/",
          "/tlog/tile/",
          "/tlog/tile/0/001",
          "/tlog/tile/0/001.p/45",
          "/tlog/tile/2/000",
          "/tlog/tile/0/000/",
          "/tlog/tile/entries/002.p/1",
          "/tlog/../key",
          "/tlog/checkpoint/"
        }) {
      assertThat(status(path, "GET")).as(path).isEqualTo(404);
    }
    assertThat(status("/tlog/checkpoint", "POST")).isEqualTo(405);
    assertThat(
            catchThrowableOfType(
                    ProblemException.class,
                    () -> ask(new TenantId("carol"), "GET", "/tlog/checkpoint"))
                .status())
        .isEqualTo(404);
  }

  private int status(String path, String method) {
    return catchThrowableOfType(ProblemException.class, () -> ask(ALICE, method, path)).status();
  }

  private Answer ask(TenantId tenant, String method, String path) throws IOException {
    Answer answer = new Answer();
    HttpServletRequest request =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                OpenLogTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> method);
    HttpServletResponse response =
        (HttpServletResponse)
            Proxy.newProxyInstance(
                OpenLogTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, called, arguments) -> {
                  if (called.getName().equals("setHeader")) {
                    answer.headers.put((String) arguments[0], (String) arguments[1]);
                  }
                  return called.getName().equals("getOutputStream") ? answer : null;
                });
    door.serve(new Who(tenant, Optional.empty(), "", "request"), path, request, response);
    return answer;
  }

  /** What was answered. */
  private static final class Answer extends ServletOutputStream {
    private final Map<String, String> headers = new TreeMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    String text() {
      return body.toString(UTF_8);
    }

    @Override
    public void write(int b) {
      body.write(b);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
