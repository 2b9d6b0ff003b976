package org.tonekeep.vault.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.vault.internal.TestVault.ALICE;
import static org.tonekeep.vault.internal.TestVault.BOB;

import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Who;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.SignedUrls.Disposition;
import org.tonekeep.storage.api.SignedUrls.Offer;
import org.tonekeep.storage.api.SignedUrls.SignedUrl;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.PromiseUnkeptException;
import org.tonekeep.testing.kit.TestDatabase;

public final class HmacSignedUrlsTest {
  private static final String HOST = DoorServer.HOST;
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Holder SESSION = Holder.of(TestVault.caller(ALICE));
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private TestVault site;
  private static TestVault shared;
  private Blob blob;
  private String token;

  @BeforeClass
  public static void open() {
    shared = new TestVault(TestDatabase.Engine.DERBY);
  }

  @AfterClass
  public static void close() {
    shared.close();
  }

  @Before
  public void sign() throws IOException {
    site = shared;
    site.sites.unkept.clear();
    site.sites.set(ALICE, false, Map.of("storage.adapter", "memory"));
    blob = site.recorded(ALICE, MadeAudio.wav(10));
    token = token(sign("Söng \"1\".wav"));
  }

  private SignedUrl sign(String fileName) {
    return site.sign(ALICE, blob, Disposition.ATTACHMENT, fileName);
  }

  private Offer offer() {
    return new Offer(blob, TestVault.TRACK, Disposition.INLINE, "a");
  }

  private static String token(SignedUrl url) {
    assertThat(url.path()).matches("/b/v1\\.[0-9]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}");
    return url.path().substring(3);
  }

  private UrlToken read(String text) {
    UrlToken read = site.urls.verify(ALICE, HOST, text);
    site.urls.requireInTime(read);
    return read;
  }

  private void refuses(String code, String text) {
    assertThatThrownBy(() -> read(text))
        .as(text)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(403);
              assertThat(problem.code()).isEqualTo(code);
            });
  }

  @Test
  public void shouldCarryEverythingThatItWasSignedFor() {
    UrlToken read = read(token);
    assertThat(read.tenant()).isEqualTo(ALICE);
    assertThat(read.audience()).isEqualTo(HOST);
    assertThat(read.holders()).containsExactly(SESSION);
    assertThat(read.reader()).contains(new AccountId(TestVault.OWNER));
    assertThat(read.right()).isEqualTo(SESSION);
    assertThat(read.key()).isEqualTo(blob.key());
    assertThat(read.subject()).isEqualTo(TestVault.TRACK);
    assertThat(read.methods()).isEqualTo("GET,HEAD");
    assertThat(read.disposition()).isEqualTo(Disposition.ATTACHMENT);
    assertThat(read.fileName()).isEqualTo("Söng \"1\".wav");
    assertThat(read.issuedAt()).isEqualTo(site.clock.instant());
  }

  @Test
  public void shouldCarryHoldersOfEveryKind() {
    Caller key =
        new Caller(
            ALICE,
            new AccountId(TestVault.OWNER),
            Set.of(Role.ARTIST),
            "k",
            Set.of(Scope.READ),
            false);
    assertThat(Holder.of(key).kind()).isEqualTo(Holder.KEY);
    Holder share = new Holder("share", "s-1", Optional.empty(), 7);
    SignedUrl url = site.urls.sign(ALICE, List.of(share, Holder.of(key)), HOST, offer());
    UrlToken read = read(token(url));
    assertThat(read.holders()).containsExactly(share, Holder.of(key));
    assertThat(read.reader()).contains(new AccountId(TestVault.OWNER));
    UrlToken anybodys = read(token(site.urls.sign(ALICE, List.of(share), HOST, offer())));
    assertThat(anybodys.reader()).isEmpty();
  }

  @Test
  public void shouldRefuseATokenOfWhichAnyBitWasChanged() {
    String[] parts = token.split("\\.", -1);
    for (int part = 2; part < parts.length; part++) {
      byte[] bytes = Base64.getUrlDecoder().decode(parts[part]);
      for (int bit = 0; bit < bytes.length * 8; bit++) {
        byte[] changed = bytes.clone();
        changed[bit / 8] ^= (byte) (1 << (bit % 8));
        String[] other = parts.clone();
        other[part] = BASE64.encodeToString(changed);
        refuses("url-invalid", String.join(".", other));
      }
    }
  }

  @Test
  public void shouldRefuseATokenOfWhichAnyCharacterWasChangedDroppedDoubledOrSwapped() {
    for (int i = 0; i < token.length(); i++) {
      String before = token.substring(0, i);
      String after = token.substring(i + 1);
      char here = token.charAt(i);
      for (char c : "AZaz09-_.=%~/ \u0000é".toCharArray()) {
        if (c != here) {
          refuses("url-invalid", before + c + after);
        }
      }
      refuses("url-invalid", before + after);
      refuses("url-invalid", before + here + here + after);
      refuses("url-invalid", before);
      if (i > 0 && token.charAt(i - 1) != here) {
        refuses("url-invalid", token.substring(0, i - 1) + here + token.charAt(i - 1) + after);
      }
    }
    refuses("url-invalid", "A".repeat(100_000));
    refuses("url-invalid", token + "A");
  }

  @Test
  public void shouldRefusePartsInAnotherOrderOrOfAnotherToken() {
    String[] one = token.split("\\.", -1);
    String[] two = token(sign("other")).split("\\.", -1);
    refuses("url-invalid", String.join(".", one[0], one[1], one[2], two[3]));
    refuses("url-invalid", String.join(".", one[0], one[1], two[2], one[3]));
    refuses("url-invalid", String.join(".", one[0], one[1], one[3], one[2]));
    refuses("url-invalid", String.join(".", one[1], one[0], one[2], one[3]));
    refuses("url-invalid", String.join(".", "v2", one[1], one[2], one[3]));
    refuses("url-invalid", String.join(".", one[0], "0" + one[1], one[2], one[3]));
    refuses("url-invalid", String.join(".", one[0], one[2], one[3]));
    refuses("url-invalid", token + "." + token);
  }

  @Test
  public void shouldKnowOneSpellingOfATokenOnly() {
    for (String other :
        new String[] {
          token + "=", token + "==", token + "/", " " + token, token + ".", "/" + token, "", "ä"
        }) {
      refuses("url-invalid", other);
    }
    // The last character of 32 bytes in base64 holds two unused bits.
    char last = token.charAt(token.length() - 1);
    refuses("url-invalid", token.substring(0, token.length() - 1) + (char) (last + 1));
  }

  @Test
  public void shouldRefuseAnotherTenantsToken() {
    assertThatThrownBy(() -> site.urls.verify(BOB, HOST, token))
        .isInstanceOfSatisfying(
            ProblemException.class, p -> assertThat(p.code()).isEqualTo("url-invalid"));
  }

  @Test
  public void shouldBeGoodAtTheHostThatItWasAskedForAtOnly() {
    for (String place : new String[] {"other.example", "", HOST + "/t/alice", "x" + HOST}) {
      assertThatThrownBy(() -> site.urls.verify(ALICE, place, token))
          .isInstanceOfSatisfying(
              ProblemException.class, p -> assertThat(p.code()).isEqualTo("url-invalid"));
    }
    Who below = new Who(ALICE, Optional.of(TestVault.caller(ALICE)), "/t/alice", "r1");
    String there = token(site.urls.sign(below, offer()));
    assertThat(site.urls.verify(ALICE, "/t/alice", there).audience()).isEqualTo("/t/alice");
    refuses("url-invalid", there);
  }

  @Test
  public void shouldExpireToTheMillisecond() {
    SignedUrl url = sign("a");
    assertThat(url.expiresAt()).isEqualTo(site.clock.instant().plus(Duration.ofMinutes(5)));
    site.clock.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(read(token(url)).expiresAt()).isEqualTo(url.expiresAt());
    site.clock.advance(Duration.ofMillis(1));
    refuses("url-expired", token(url));
    site.clock.advance(Duration.ofSeconds(1));
    refuses("url-expired", token(url));
  }

  @Test
  public void shouldChangeItsKeyEveryWeekAndForgetTheLastButOne() {
    long now = site.clock.millis();
    site.clock.advance(Duration.ofMillis(WEEK.toMillis() - now % WEEK.toMillis() - 1));
    String last = token(sign("a"));
    site.clock.advance(Duration.ofMillis(1));
    String next = token(sign("a"));

    assertThat(Long.parseLong(next.split("\\.")[1]))
        .isEqualTo(Long.parseLong(last.split("\\.")[1]) + 1);
    assertThat(read(last).key()).isEqualTo(blob.key()); // signed a millisecond ago
    String relabelled = last.replaceFirst("\\.[0-9]+\\.", "." + next.split("\\.")[1] + ".");
    refuses("url-invalid", relabelled);
    site.clock.advance(WEEK.minusMillis(1));
    refuses("url-expired", last);
    site.clock.advance(Duration.ofMillis(1));
    refuses("url-invalid", last);
    refuses("url-expired", next);
    site.clock.advance(WEEK.multipliedBy(50));
    refuses("url-invalid", next);
  }

  @Test
  public void shouldRefuseAKeyOfAWeekThatIsStillToCome() {
    String[] parts = token.split("\\.", -1);
    long week = Long.parseLong(parts[1]);
    for (long other : new long[] {week + 1, week + 2, week - 2, 0, 999_999}) {
      String signed = "v1." + other + "." + parts[2];
      byte[] mac =
          site.keys.mac(
              ALICE,
              "signed-url." + other,
              signed.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      refuses("url-invalid", signed + "." + BASE64.encodeToString(mac));
    }
  }

  @Test
  public void shouldNeverSignTheSameAddressTwice() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      assertThat(seen.add(token(sign("a")))).isTrue();
    }
  }

  @Test
  public void shouldLiveAsLongAsTheTenantSays() {
    site.sites.set(ALICE, false, Map.of("storage.adapter", "memory", "urls.ttl", "PT30S"));
    assertThat(sign("a").expiresAt()).isEqualTo(site.clock.instant().plusSeconds(30));
    assertThatThrownBy(() -> VaultKeys.URL_TTL.parse("PT15M1S"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  public void shouldSignNothingWhileAKeeperIsAwayForAnotherTenantOrForNobody() throws IOException {
    Blob bobs = site.recorded(BOB, MadeAudio.wav(10));
    assertThatThrownBy(() -> site.sign(ALICE, bobs, Disposition.INLINE, "a"))
        .isInstanceOf(IllegalArgumentException.class);
    for (List<Holder> holders : List.of(List.<Holder>of(), Collections.nCopies(5, SESSION))) {
      assertThatThrownBy(() -> site.urls.sign(ALICE, holders, HOST, offer()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> site.urls.sign(new Who(ALICE, Optional.empty(), "", "r1"), offer()))
        .isInstanceOfSatisfying(ProblemException.class, p -> assertThat(p.status()).isEqualTo(401));
    site.sites.unkept.add(Act.DELIVERY);
    assertThatThrownBy(() -> sign("a")).isInstanceOf(PromiseUnkeptException.class);
  }

  @Test
  public void shouldSignAnyFileName() {
    for (String name : new String[] {"", "..", "\r\nX: y", "\ud83c\udfb5".repeat(500), "a/b\\c"}) {
      UrlToken read = read(token(sign(name)));
      assertThat(read.fileName()).isNotEmpty().doesNotContain("/", "\\", "\r", "\n");
    }
  }

  @Test
  public void shouldParseTheBytesThatItWroteAndNoOther() {
    byte[] bytes = read(token).bytes();
    assertThat(UrlToken.parse(bytes).bytes()).isEqualTo(bytes);
    java.util.Random random = new java.util.Random(4);
    for (int round = 0; round < 20_000; round++) {
      byte[] other = java.util.Arrays.copyOf(bytes, bytes.length + random.nextInt(3) - 1);
      int changes = 1 + random.nextInt(3);
      for (int i = 0; i < changes; i++) {
        other[random.nextInt(other.length)] = (byte) random.nextInt(256);
      }
      try {
        // Whatever is taken is written the same way: there are no two spellings of one token.
        assertThat(UrlToken.parse(other).bytes()).isEqualTo(other);
      } catch (IllegalArgumentException refused) {
        assertThat(refused).isNotNull();
      }
    }
  }
}
