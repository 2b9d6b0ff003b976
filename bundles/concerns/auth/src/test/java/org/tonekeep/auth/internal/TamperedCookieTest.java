package org.tonekeep.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.auth.internal.TestSites.ALICE;
import static org.tonekeep.auth.internal.TestSites.BOB;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.tonekeep.auth.internal.jpa.SessionStore;
import org.tonekeep.identity.api.SignIns.Begun;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** A cookie that was made up or altered is answered before the database is asked (KAI-54). */
public final class TamperedCookieTest {
  @Test
  public void shouldAskTheDatabaseForNoCookieThatWasAltered() {
    try (TestAuth bundle = new TestAuth(Engine.DERBY)) {
      AtomicInteger asked = new AtomicInteger();
      Begun begun =
          bundle.begin(ALICE, bundle.accounts.create(ALICE, "ann@example.org", "Ann").id());
      Sessions counting =
          new Sessions(
              bundle.sites,
              bundle.accounts,
              new SessionStore(counting(bundle.db.unit("auth"), asked)),
              bundle.tokens,
              bundle.lastSeen,
              bundle.keys,
              bundle.db.tx(),
              bundle.clock);
      String token = begun.token();

      for (int i = 0; i < token.length(); i++) {
        char other = token.charAt(i) == 'A' ? 'B' : 'A';
        String altered = token.substring(0, i) + other + token.substring(i + 1);
        assertThat(counting.authenticate(ALICE, altered)).isEmpty();
      }
      for (String made : List.of("", "x", token + "A", token.substring(1), " " + token)) {
        assertThat(counting.authenticate(ALICE, made)).isEmpty();
      }
      assertThat(counting.authenticate(BOB, token)).isEmpty();
      assertThat(asked).hasValue(0);

      assertThat(counting.authenticate(ALICE, token)).isPresent();
      assertThat(asked).hasValue(1);
    }
  }

  private static Database counting(Database real, AtomicInteger asked) {
    return new Database() {
      @Override
      public <T> T call(
          org.tonekeep.tenant.api.TenantId tenant,
          java.util.function.Function<javax.persistence.EntityManager, T> work) {
        asked.incrementAndGet();
        return real.call(tenant, work);
      }
    };
  }
}
