package org.tonekeep.vault.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.vault.internal.TestVault.ALICE;
import static org.tonekeep.vault.internal.TestVault.BOB;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.SignedUrls.Disposition;
import org.tonekeep.storage.api.SignedUrls.SignedUrl;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.PromiseUnkeptException;
import org.tonekeep.testing.kit.TestDatabase;

public final class HmacSignedUrlsTest {
  private static TestVault site;
  private Blob blob;
  private String token;

  @BeforeClass
  public static void open() {
    site = new TestVault(TestDatabase.Engine.DERBY);
  }

  @AfterClass
  public static void close() {
    site.close();
  }

  @Before
  public void sign() throws IOException {
    site.sites.unkept.clear();
    blob = site.recorded(ALICE, MadeAudio.wav(10));
    token = token(sign("Söng \"1\".wav"));
  }

  private SignedUrl sign(String fileName) {
    return site.urls.sign(ALICE, TestVault.caller(ALICE), blob, Disposition.ATTACHMENT, fileName);
  }

  private static String token(SignedUrl url) {
    assertThat(url.path()).matches("/b/[A-Za-z0-9_-]+");
    return url.path().substring(3);
  }

  private static void refuses(String code, String text) {
    assertThatThrownBy(() -> site.urls.verify(ALICE, text))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(403);
              assertThat(problem.code()).isEqualTo(code);
            });
  }

  @Test
  public void shouldCarryEverythingThatItWasSignedFor() {
    UrlToken read = site.urls.verify(ALICE, token);
    assertThat(read.tenant()).isEqualTo(ALICE);
    assertThat(read.account()).isEqualTo(TestVault.OWNER);
    assertThat(read.session()).isEqualTo("session-1");
    assertThat(read.key()).isEqualTo(blob.key());
    assertThat(read.methods()).isEqualTo("GET,HEAD");
    assertThat(read.disposition()).isEqualTo(Disposition.ATTACHMENT);
    assertThat(read.fileName()).isEqualTo("Söng \"1\".wav");
  }

  @Test
  public void shouldRefuseATokenOfWhichAnyBitWasChanged() {
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      refuses("url-invalid", Base64.getUrlEncoder().withoutPadding().encodeToString(changed));
    }
  }

  @Test
  public void shouldRefuseATokenThatWasCutOrLengthened() {
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    for (int length = 0; length < bytes.length; length++) {
      refuses(
          "url-invalid",
          Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes, length)));
    }
    refuses(
        "url-invalid",
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Arrays.copyOf(bytes, bytes.length + 1)));
    refuses("url-invalid", "A".repeat(100_000));
  }

  @Test
  public void shouldKnowOneSpellingOfATokenOnly() {
    for (String other :
        new String[] {
          token + "=", token + "==", token + "/", " " + token, token + ".", "/" + token, "", "ä"
        }) {
      refuses("url-invalid", other);
    }
    // The last character of a text whose length is no multiple of four holds unused bits.
    for (int length = 0; length < 3; length++) {
      String each = token(sign("x".repeat(40 + length)));
      int unused = each.length() % 4;
      if (unused != 0) {
        char last = each.charAt(each.length() - 1);
        refuses("url-invalid", each.substring(0, each.length() - 1) + (char) (last + 1));
      }
    }
  }

  @Test
  public void shouldRefuseAnotherTenantsToken() {
    assertThatThrownBy(() -> site.urls.verify(BOB, token))
        .isInstanceOfSatisfying(
            ProblemException.class, p -> assertThat(p.code()).isEqualTo("url-invalid"));
  }

  @Test
  public void shouldExpireToTheMillisecond() {
    SignedUrl url = sign("a");
    assertThat(url.expiresAt()).isEqualTo(site.clock.instant().plus(Duration.ofMinutes(5)));
    site.clock.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(site.urls.verify(ALICE, token(url)).expiresAt()).isEqualTo(url.expiresAt());
    site.clock.advance(Duration.ofMillis(1));
    refuses("url-expired", token(url));
    site.clock.advance(Duration.ofDays(400));
    refuses("url-expired", token(url));
  }

  @Test
  public void shouldLiveAsLongAsTheTenantSays() {
    site.sites.set(ALICE, false, Map.of("storage.adapter", "memory", "urls.ttl", "PT30S"));
    assertThat(sign("a").expiresAt()).isEqualTo(site.clock.instant().plusSeconds(30));
    site.sites.set(ALICE, false, Map.of("storage.adapter", "memory"));
    assertThatThrownBy(() -> VaultKeys.URL_TTL.parse("PT15M1S"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  public void shouldSignNothingWhileAKeeperIsAwayOrForAnotherTenant() throws IOException {
    Blob bobs = site.recorded(BOB, MadeAudio.wav(10));
    assertThatThrownBy(
            () -> site.urls.sign(ALICE, TestVault.caller(ALICE), bobs, Disposition.INLINE, "a"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> site.urls.sign(ALICE, TestVault.caller(BOB), blob, Disposition.INLINE, "a"))
        .isInstanceOf(IllegalArgumentException.class);
    site.sites.unkept.add(Act.DELIVERY);
    assertThatThrownBy(() -> sign("a")).isInstanceOf(PromiseUnkeptException.class);
  }

  @Test
  public void shouldSignAnyFileName() {
    for (String name : new String[] {"", "..", "\r\nX: y", "\ud83c\udfb5".repeat(500), "a/b\\c"}) {
      UrlToken read = site.urls.verify(ALICE, token(sign(name)));
      assertThat(read.fileName()).isNotEmpty().doesNotContain("/", "\\", "\r", "\n");
    }
  }
}
