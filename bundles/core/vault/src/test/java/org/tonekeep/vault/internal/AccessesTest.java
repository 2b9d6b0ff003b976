package org.tonekeep.vault.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.vault.internal.TestVault.ALICE;
import static org.tonekeep.vault.internal.TestVault.BOB;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.SignedUrls.Disposition;
import org.tonekeep.storage.api.SignedUrls.Offer;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** One address is one access, whatever happens to requests, nodes and the database. */
@RunWith(Parameterized.class)
public final class AccessesTest {
  private static final AccountId OWNER = new AccountId(TestVault.OWNER);
  private static final AccountId OTHER = new AccountId(TestVault.OTHER);

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private TestVault site;
  private Blob blob;

  public AccessesTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() throws IOException {
    site = new TestVault(engine);
    blob = site.recorded(ALICE, MadeAudio.wav(10));
  }

  @After
  public void close() {
    site.close();
  }

  private UrlToken token(TenantId tenant, Blob of) {
    String path = site.sign(tenant, of, Disposition.INLINE, "a.wav").path();
    return site.urls.verify(tenant, DoorServer.HOST, path.substring(3));
  }

  private void use(Accesses node, UrlToken token, long bytes) {
    node.begin(token.tenant(), token, "tag-1").end(bytes);
  }

  private void expire() {
    site.clock.advance(Duration.ofMinutes(5).plus(Accesses.LEASE));
  }

  private List<AuditEntry> entries(TenantId tenant) {
    return site.audit.kept().stream()
        .filter(kept -> kept.tenant().equals(tenant))
        .map(kept -> kept.entry())
        .toList();
  }

  @Test
  public void shouldBeOneEntryAtTheBeginAndOneWithTheTotalsAtTheEnd() {
    UrlToken token = token(ALICE, blob);
    use(site.accesses, token, 100);
    use(site.accesses, token, 20);
    site.accesses.write();
    use(site.accesses, token, 3);
    site.accesses.write();
    site.accesses.close();
    assertThat(site.audit.actions(ALICE)).containsExactly("blob.read");

    expire();
    site.accesses.close();
    site.accesses.close();

    assertThat(site.audit.actions(ALICE)).containsExactly("blob.read", "blob.read-end");
    AuditEntry begin = entries(ALICE).get(0);
    assertThat(begin.actor()).isEqualTo(Actor.account(OWNER));
    assertThat(begin.subject()).isEqualTo(TestVault.TRACK);
    assertThat(begin.owner()).contains(OWNER);
    assertThat(begin.peer()).isEqualTo("tag-1");
    assertThat(begin.success()).isTrue();
    assertThat(begin.facts())
        .containsEntry("access", token.nonce())
        .containsEntry("blob", blob.key().id())
        .containsEntry("kind", "original")
        .containsEntry("right", "session")
        .doesNotContainKey("rightId");
    assertThat(entries(ALICE).get(1).facts())
        .containsEntry("access", token.nonce())
        .containsEntry("requests", "3")
        .containsEntry("bytes", "123");
    assertThat(site.audit.actions(BOB)).isEmpty();
  }

  @Test
  public void shouldKeepTenantsApart() throws IOException {
    Blob bobs = site.recorded(BOB, MadeAudio.wav(10));
    use(site.accesses, token(ALICE, blob), 1);
    use(site.accesses, token(BOB, bobs), 2);
    site.accesses.write();
    expire();
    site.accesses.close();
    assertThat(entries(ALICE).get(1).facts()).containsEntry("bytes", "1");
    assertThat(entries(BOB).get(1).facts()).containsEntry("bytes", "2");
  }

  @Test
  public void shouldNameTheGrantByWhichStaffReads() {
    Holder session = new Holder(Holder.SESSION, "s", Optional.of(OTHER), 0);
    Holder grant = new Holder("grant", "g-1", Optional.of(OTHER), 3);
    Offer offer = new Offer(blob, TestVault.TRACK, Disposition.INLINE, "a");
    String path =
        site.urls.sign(ALICE, List.of(session, grant), DoorServer.HOST, offer).path().substring(3);
    use(site.accesses, site.urls.verify(ALICE, DoorServer.HOST, path), 1);
    AuditEntry entry = entries(ALICE).get(0);
    assertThat(entry.actor()).isEqualTo(Actor.account(OTHER));
    assertThat(entry.owner()).contains(OWNER);
    assertThat(entry.facts()).containsEntry("right", "grant").containsEntry("rightId", "g-1");
  }

  @Test
  public void shouldNotEndWhileARequestRunsOnAnyNode() {
    Accesses elsewhere = site.node();
    UrlToken token = token(ALICE, blob);
    Accesses.Use running = elsewhere.begin(ALICE, token, "");
    for (int i = 0; i < 40; i++) {
      site.clock.advance(Duration.ofSeconds(10));
      elsewhere.write();
      site.accesses.close();
    }
    assertThat(site.audit.actions(ALICE)).containsExactly("blob.read");
    running.end(77);
    running.end(77);
    elsewhere.write();
    site.clock.advance(Accesses.LEASE);
    site.accesses.close();
    elsewhere.close();
    assertThat(site.audit.actions(ALICE)).containsExactly("blob.read", "blob.read-end");
    assertThat(entries(ALICE).get(1).facts())
        .containsEntry("bytes", "77")
        .containsEntry("requests", "1");
  }

  @Test
  public void shouldBeLoggedOnceByManyRequestsOfManyNodes() throws Exception {
    List<Accesses> nodes = List.of(site.accesses, site.node(), site.node());
    UrlToken token = token(ALICE, blob);
    ExecutorService threads = Executors.newFixedThreadPool(12);
    try {
      List<Future<?>> requests = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        Accesses node = nodes.get(i % nodes.size());
        requests.add(threads.submit(() -> use(node, token, 10)));
      }
      for (Future<?> request : requests) {
        assertThat(request.get()).isNull();
      }
    } finally {
      threads.shutdown();
    }
    nodes.forEach(Accesses::write);
    // The kit's log knows no transactions: a node that lost the race wrote into one that was
    // undone.
    assertThat(site.audit.actions(ALICE)).contains("blob.read").doesNotContain("blob.read-end");
    assertThat(site.accessRows.of(ALICE, OWNER)).hasSize(1);
    expire();
    nodes.forEach(Accesses::close);
    List<AuditEntry> ends =
        entries(ALICE).stream().filter(e -> e.action().equals("blob.read-end")).toList();
    assertThat(ends).hasSize(1);
    assertThat(ends.get(0).facts()).containsEntry("requests", "60").containsEntry("bytes", "600");
  }

  @Test
  public void shouldEndTheAccessesOfANodeThatDied() {
    UrlToken token = token(ALICE, blob);
    Accesses dying = site.node();
    dying.begin(ALICE, token, "").end(50);
    dying.write();
    Accesses.Use never = dying.begin(ALICE, token, "");
    assertThat(never).isNotNull();
    dying.write(); // the last time that it says that a request is running

    Accesses restarted = site.node();
    use(restarted, token, 5);
    restarted.write();
    assertThat(site.audit.actions(ALICE)).containsExactly("blob.read");
    expire();
    restarted.close();

    assertThat(entries(ALICE).get(1).facts())
        .containsEntry("bytes", "55")
        .containsEntry("requests", "3");
  }

  @Test
  public void shouldGiveNoByteWhenTheEntryCannotBeWritten() {
    Audit broken =
        new Audit() {
          @Override
          public void append(TenantId tenant, AuditEntry entry) {
            throw new IllegalStateException("The disk is full");
          }

          @Override
          public void appendApart(TenantId tenant, AuditEntry entry) {
            throw new IllegalStateException("The disk is full");
          }
        };
    Accesses node =
        new Accesses(site.accessRows, site.sites, broken, site.database.tx(), site.clock);
    UrlToken token = token(ALICE, blob);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> node.begin(ALICE, token, "")).hasMessageContaining("full");
    }
    node.write();
    assertThat(site.accessRows.of(ALICE, OWNER)).isEmpty();
    use(site.accesses, token, 1); // and once it can be, it is
    assertThat(site.audit.actions(ALICE)).containsExactly("blob.read");
  }

  @Test
  public void shouldForgetAPersonInAccessesThatAreNotOver() throws IOException {
    use(site.accesses, token(ALICE, blob), 1);
    Holder others = new Holder(Holder.SESSION, "s", Optional.of(OTHER), 0);
    Offer offer = new Offer(blob, TestVault.TRACK, Disposition.INLINE, "a");
    String path = site.urls.sign(ALICE, List.of(others), DoorServer.HOST, offer).path();
    use(site.accesses, site.urls.verify(ALICE, DoorServer.HOST, path.substring(3)), 2);
    site.accesses.write();
    VaultHolder holder = new VaultHolder(site.rows, site.vault, site.accesses, site.quotas);
    assertThat(holder.export(ALICE, OWNER).get("access")).hasSize(2);
    List<Map<String, Object>> theirs = holder.export(ALICE, OTHER).get("access");
    assertThat(theirs).hasSize(1);
    assertThat(theirs.get(0)).containsEntry("yours", false).containsEntry("byYou", true);

    site.database.tx().run(ALICE, () -> holder.erase(ALICE, OTHER));
    assertThat(site.audit.actions(ALICE)).endsWith("blob.read-end");
    AuditEntry end = entries(ALICE).get(2);
    assertThat(end.actor()).isEqualTo(Actor.stranger());
    assertThat(end.peer()).isEmpty();
    assertThat(end.facts()).containsEntry("bytes", "2");

    site.database.tx().run(ALICE, () -> holder.erase(ALICE, OWNER));
    assertThat(site.accessRows.of(ALICE, OWNER)).isEmpty();
    site.accesses.write();
    expire();
    site.accesses.close();
    assertThat(entries(ALICE)).hasSize(3);
  }

  @Test
  public void shouldEndAccessesOfASuspendedTenantToo() {
    use(site.accesses, token(ALICE, blob), 1);
    site.accesses.write();
    site.sites.set(ALICE, true, Map.of("storage.adapter", "memory"));
    expire();
    site.accesses.close();
    assertThat(site.audit.actions(ALICE)).endsWith("blob.read-end");
  }

  @Test
  public void shouldRememberNoMoreThanABoundedNumber() {
    for (int i = 0; i < 300; i++) {
      use(site.accesses, token(ALICE, blob), 1);
    }
    site.accesses.write();
    assertThat(site.accesses.remembered()).isEqualTo(300);
    site.clock.advance(Duration.ofMinutes(6));
    site.accesses.write();
    assertThat(site.accesses.remembered()).isZero();
  }
}
