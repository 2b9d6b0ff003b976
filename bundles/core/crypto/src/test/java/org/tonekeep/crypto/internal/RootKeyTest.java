package org.tonekeep.crypto.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.Test;
import org.tonekeep.tenant.api.TenantId;

public final class RootKeyTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final TenantId BOB = new TenantId("bob");
  private static final byte[] MESSAGE = "message".getBytes(UTF_8);
  private final RootKey ring = new RootKey(new byte[32]);

  @Test
  public void shouldGiveTheSameMacAfterARestart() {
    byte[] mac = ring.mac(ALICE, "signed-url", MESSAGE);
    assertThat(mac).hasSize(32);
    assertThat(new RootKey(new byte[32]).mac(ALICE, "signed-url", MESSAGE)).isEqualTo(mac);
  }

  @Test
  public void shouldDeriveByTheWrittenDownRule() {
    // HKDF and HMAC computed by an independent implementation (Python's hmac).
    assertThat(HexFormat.of().formatHex(ring.mac(ALICE, "signed-url", MESSAGE)))
        .isEqualTo("debfe61e6895a2ac6117650f6d998fc61d8cf372222b0d5b2b2bad06bececfd9");
  }

  @Test
  public void shouldSeparateTenantsPurposesMessagesAndRootKeys() {
    byte[] mac = ring.mac(ALICE, "signed-url", MESSAGE);
    byte[] otherRoot = new byte[32];
    otherRoot[31] = 1;
    assertThat(ring.mac(BOB, "signed-url", MESSAGE)).isNotEqualTo(mac);
    assertThat(ring.mac(ALICE, "session", MESSAGE)).isNotEqualTo(mac);
    assertThat(ring.mac(ALICE, "signed-url", new byte[0])).isNotEqualTo(mac);
    assertThat(new RootKey(otherRoot).mac(ALICE, "signed-url", MESSAGE)).isNotEqualTo(mac);
    assertThat(ring.mac(new TenantId("a"), "bc", MESSAGE))
        .isNotEqualTo(ring.mac(new TenantId("ab"), "c", MESSAGE));
  }

  private boolean verify(TenantId tenant, String purpose, byte[] message, byte[] mac) {
    return MessageDigest.isEqual(ring.mac(tenant, purpose, message), mac);
  }

  @Test
  public void shouldVerifyItsOwnMacOnly() {
    byte[] mac = ring.mac(ALICE, "signed-url", MESSAGE);
    assertThat(verify(ALICE, "signed-url", MESSAGE, mac)).isTrue();
    assertThat(verify(BOB, "signed-url", MESSAGE, mac)).isFalse();
    for (int bit = 0; bit < 256; bit++) {
      byte[] flipped = mac.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(verify(ALICE, "signed-url", MESSAGE, flipped)).isFalse();
    }
    assertThat(verify(ALICE, "signed-url", MESSAGE, new byte[0])).isFalse();
  }

  @Test
  public void shouldGiveTheSameMacToManyThreads() {
    byte[] mac = ring.mac(ALICE, "signed-url", MESSAGE);
    assertThat(
            IntStream.range(0, 5000)
                .parallel()
                .filter(
                    i -> {
                      byte[] other = ring.mac(BOB, "p" + i % 1500, MESSAGE);
                      return other.length == 32 && verify(ALICE, "signed-url", MESSAGE, mac);
                    })
                .count())
        .isEqualTo(5000);
  }

  @Test
  public void shouldRefuseAPurposeThatIsNone() {
    for (String purpose : new String[] {"", "Signed", "a b", "a\0b", "a".repeat(65)}) {
      assertThatThrownBy(() -> ring.mac(ALICE, purpose, MESSAGE))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  public void shouldTellRootKeysApartByAFingerprintThatIsNoKey() {
    byte[] otherRoot = new byte[32];
    otherRoot[0] = 1;
    assertThat(ring.fingerprint()).hasSize(32).isNotEqualTo(new RootKey(otherRoot).fingerprint());
  }
}
