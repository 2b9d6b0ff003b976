package org.tonekeep.portrait.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.Test;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Role;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.storage.api.TooLargeException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestTenants;

public final class TraysTest {
  private final AtomicLong now = new AtomicLong();
  private final Trays trays = new Trays(now::get);

  private static Caller caller(TenantId tenant, int number) {
    AccountId account = new AccountId("01890000-0000-7000-8000-00000000000" + number);
    return new Caller(tenant, account, Set.of(Role.ARTIST), "session");
  }

  private static ProblemException problem(ThrowingCallable call) {
    return catchThrowableOfType(ProblemException.class, call);
  }

  private byte[] filled(InputStream in, long announced) {
    try (Trays.Tray tray = trays.take(caller(TestTenants.ALICE, 1))) {
      return tray.fill(in, announced);
    }
  }

  @Test
  public void shouldTakeFewUploadsAtOnceAndOneOfEachAccount() {
    List<Trays.Tray> taken = new ArrayList<>();
    taken.add(trays.take(caller(TestTenants.ALICE, 1)));
    ProblemException twice = problem(() -> trays.take(caller(TestTenants.ALICE, 1)));
    assertThat(twice.status()).isEqualTo(429);
    assertThat(twice.code()).isEqualTo("busy");
    assertThat(twice.headers()).containsEntry("Retry-After", "5");
    taken.add(trays.take(caller(TestTenants.BOB, 1)));
    for (int i = taken.size(); i < Trays.MOST; i++) {
      taken.add(trays.take(caller(TestTenants.BOB, i)));
    }
    assertThat(problem(() -> trays.take(caller(TestTenants.ALICE, 9))).code()).isEqualTo("busy");

    taken.get(0).close();

    taken.set(0, trays.take(caller(TestTenants.ALICE, 9)));
    taken.forEach(Trays.Tray::close);
    assertThat(filled(InputStream.nullInputStream(), -1)).isEmpty();
  }

  @Test
  public void shouldReadWhatWasAnnouncedOrAllThereIs() {
    byte[] upload = {1, 2, 3, 4};
    assertThat(filled(new ByteArrayInputStream(upload), 4)).isEqualTo(upload);
    assertThat(filled(new ByteArrayInputStream(upload), -1)).isEqualTo(upload);
    byte[] largest = new byte[Trays.MOST_BYTES];
    assertThat(filled(new ByteArrayInputStream(largest), -1)).hasSize(Trays.MOST_BYTES);
  }

  @Test
  public void shouldRefuseTooMuchAndTooLittleAndGiveTheTrayBack() {
    InputStream over = new ByteArrayInputStream(new byte[Trays.MOST_BYTES + 1]);
    assertThatThrownBy(() -> filled(over, -1)).isInstanceOf(TooLargeException.class);
    assertThatThrownBy(() -> filled(over, Trays.MOST_BYTES + 1L))
        .isInstanceOf(TooLargeException.class);
    InputStream little = new ByteArrayInputStream(new byte[3]);
    assertThat(problem(() -> filled(little, 4)).code()).isEqualTo("incomplete-body");
  }

  @Test
  public void shouldNotWaitForeverForABodyThatDrips() {
    InputStream drips =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            now.addAndGet(1_000_000_000);
            return 1;
          }
        };

    ProblemException slow = problem(() -> filled(drips, 1000));

    assertThat(slow.status()).isEqualTo(408);
    assertThat(now.get()).isEqualTo(Trays.LONGEST.plusSeconds(1).toNanos());
  }
}
