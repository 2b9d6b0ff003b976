package org.tonekeep.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Test;
import org.tonekeep.identity.api.AccountSettings;
import org.tonekeep.identity.api.Username;
import org.tonekeep.testing.kit.TestKeys;
import org.tonekeep.testing.kit.TestTenants;

/** Which usernames there can be, and which are the same. */
public final class UsernamesTest {
  private final TestTenants tenants = new TestTenants();
  private final Usernames usernames = new Usernames(tenants, new TestKeys());

  @Test
  public void shouldTakeNamesOfTodaysAlphabets() {
    for (String name :
        List.of(
            "bob",
            "Ann_Lee",
            "dj.shadow-2",
            "zoë",
            "łukasz",
            "ñandú",
            "çelik",
            "straße",
            "Ðjango",
            "мария",
            "Борис-2",
            "αθηνά",
            "אריאל",
            "ליאור7",
            "محمد",
            "आरती",
            "தமிழ்",
            "ณัฐวุฒิ",
            "さくら",
            "サクラ",
            "桜子2",
            "東京ボーイ",
            "김민수",
            "李小龍",
            "dj東京",
            "Արամ",
            "გიორგი",
            "ไทย123")) {
      assertThat(usernames.checked(TestTenants.ALICE, name)).as(name).isNotEmpty();
    }
  }

  @Test
  public void shouldComposeWhatWasTypedInParts() {
    assertThat(usernames.checked(TestTenants.ALICE, " zoe\u0308 ")).isEqualTo("zo\u00EB");
  }

  @Test
  public void shouldRefuseWhatCouldDeceiveOrCannotBeSeen() {
    for (String name :
        List.of(
            "ab",
            "x".repeat(31),
            "a b c",
            "_ann",
            "ann.",
            "an..n",
            "an._n",
            "\u0430dmin", // Cyrillic а among Latin letters
            "p\u0430ypal",
            "mi\u03BAe", // Greek κ
            "ann\u06612", // Arabic and ASCII digits
            "ann\u200B", // zero width space
            "a\u200Dnn", // zero width joiner
            "a\u00ADnn", // soft hyphen
            "ann\u202Etxt", // turns the direction
            "ann\u2066",
            "a\uFE0Fnn", // variation selector
            "a\uFEFFnn",
            "ann\uD800",
            "\uDC00ann",
            "an\uD83Dn",
            "ann\u0000",
            "ann\n123",
            "a\u0300\u0301\u0302\u0303nn", // a heap of accents
            "\u0301ann",
            "\uFF41\uFF44\uFF4D\uFF49\uFF4E", // full width
            "\uD835\uDC1A\uD835\uDC1D\uD835\uDC26", // mathematical bold
            "\u24D0\u24D1\u24D2", // circled
            "ﬁnn", // ligature
            "ann♥",
            "ann😀",
            "ann/../x",
            "ann@x",
            "ann%41",
            "ᚠᚢᚦ", // runes
            "𐍅𐌿𐌻𐍆", // Gothic
            "ʘʘʘ")) {
      assertThatThrownBy(() -> usernames.checked(TestTenants.ALICE, name))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class)
          .satisfies(e -> assertThat(e.getMessage()).endsWithIgnoringCase(e.getMessage().strip()));
    }
  }

  @Test
  public void shouldTellWholeWordsThatLookTheSameByOneKey() {
    for (List<String> pair :
        List.of(
            List.of("admin", "ADMlN"),
            List.of("admin", "AdmlN"),
            List.of("paul", "PauI"),
            List.of("paul", "PAUL"),
            List.of("bob", "B0B"),
            List.of("bob", "b0b"),
            List.of("will", "wiII"),
            List.of("arnold", "amold"),
            List.of("window", "vvindovv"),
            List.of("modern", "modem"),
            List.of("coco", "сосо"),
            List.of("COCO", "сосо"),
            List.of("scope", "ѕсоре"),
            List.of("PECTOPAH", "РЕСТОРАН"),
            List.of("pectopah", "ресторан"),
            List.of("TAXI", "ТАХІ"),
            List.of("AXE", "αχε"),
            List.of("KIKO", "ΚΙΚΟ"),
            List.of("kiko", "κικο"),
            List.of("nina", "ΝΙΝΑ"),
            List.of("ill", "111"),
            List.of("oooo", "0000"),
            List.of("isil", "ısıl"),
            List.of("ISIL", "ışıl".replace('ş', 's')),
            List.of("izmir", "İzmir"),
            List.of("IZMIR", "izmır"),
            List.of("jon", "JON"),
            List.of("strasse1", "strassel"),
            List.of("kelvin", "\u212Aelvin"),
            List.of("admin", "\uFF41\uFF44\uFF4D\uFF49\uFF4E"),
            List.of("admin", "\uFF21\uFF24\uFF2D\uFF29\uFF2E"),
            List.of("finn", "ﬁnn"),
            List.of("zo\u00EB", "zoe\u0308"))) {
      assertThat(same(pair.get(0), pair.get(1))).as(pair.toString()).isTrue();
    }
  }

  @Test
  public void shouldLeaveNamesApartThatAReaderTellsApart() {
    List<String> apart =
        List.of(
            "ann", "anna", "hanna", "ben", "den", "ray", "ruy", "yar", "nina", "vivi", "jose",
            "josé", "ann.lee", "annlee", "ann_lee", "bob", "bod", "cat", "cot", "мария", "марина",
            "george", "peter", "victor", "zoe", "zoë", "ab1", "ab2", "ab5", "abs", "桜子", "東京子");
    for (String a : apart) {
      for (String b : apart) {
        assertThat(same(a, b)).as(a + " " + b).isEqualTo(a.equals(b));
      }
    }
  }

  /** Every row of the table: whatever a script can write, it is refused or it is the same. */
  @Test
  public void shouldNeverTakeTwoNamesThatTheUnicodeTableCallsConfusable() throws Exception {
    List<String> missed = new ArrayList<>();
    int pairs = 0;
    for (int[] row : rows()) {
      String letter = Character.toString(row[0]);
      String twin = new String(row, 1, row.length - 1);
      for (String frame : List.of("%s%s%s", "a%sb%sc", "б%sг%sд", "1%s2%s3")) {
        String one = String.format(Locale.ROOT, frame, letter, letter, letter);
        String other = String.format(Locale.ROOT, frame, twin, twin, twin);
        pairs++;
        if (isTaken(one) && isTaken(other) && !same(one, other)) {
          missed.add(one + " " + other);
        }
      }
    }
    assertThat(missed).isEmpty();
    assertThat(pairs).isGreaterThan(2000);
  }

  @Test
  public void shouldReserveWhatSpeaksForTheSite() {
    var unused =
        tenants
            .title(TestTenants.ALICE, "Kanto Records")
            .set(TestTenants.ALICE, AccountSettings.RESERVED, "boss, Der.Chef");
    for (String name :
        List.of(
            "admin",
            "ADMIN",
            "ADMlN",
            "ad.min",
            "Adm1n",
            "root",
            "r00t",
            "support",
            "api",
            "privacy",
            "www",
            "staff",
            "tonekeep",
            "T0nekeep",
            "postmaster",
            "alice",
            "kantorecords",
            "kanto-records",
            "boss",
            "B0SS",
            "derchef",
            "support.")) {
      assertThatThrownBy(() -> usernames.checked(TestTenants.ALICE, name))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(usernames.checked(TestTenants.BOB, "boss")).isEqualTo("boss");
    assertThat(usernames.checked(TestTenants.BOB, "kantorecords")).isEqualTo("kantorecords");
    assertThat(usernames.checked(TestTenants.ALICE, "bossanova")).isEqualTo("bossanova");
  }

  @Test
  public void shouldFollowTheTenantOnWhetherThereAreUsernames() {
    var unused =
        tenants
            .set(TestTenants.ALICE, AccountSettings.USERNAMES, "off")
            .set(TestTenants.BOB, AccountSettings.USERNAMES, "required");

    assertThat(usernames.checked(TestTenants.ALICE, "")).isEmpty();
    assertThatThrownBy(() -> usernames.checked(TestTenants.ALICE, "ann"))
        .hasMessageContaining("no usernames");
    assertThatThrownBy(() -> usernames.checked(TestTenants.BOB, " "))
        .hasMessageContaining("needed");
  }

  @Test
  public void shouldBeIndependentOfTheMachinesLanguage() {
    Set<String> before = usernames.keys(TestTenants.ALICE, "INFINITY");
    Locale was = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(usernames.keys(TestTenants.ALICE, "INFINITY")).isEqualTo(before);
      assertThat(usernames.keys(TestTenants.ALICE, "infinity")).containsAnyElementsOf(before);
    } finally {
      Locale.setDefault(was);
    }
  }

  @Test
  public void shouldHaveUnrelatedKeysAtEachTenant() {
    assertThat(usernames.keys(TestTenants.ALICE, "ann"))
        .allMatch(key -> key.matches("[0-9a-f]{64}"))
        .doesNotContainAnyElementsOf(usernames.keys(TestTenants.BOB, "ann"));
  }

  @Test
  public void shouldNotPrintTheName() {
    assertThat(new Username("canary").toString()).doesNotContain("canary");
  }

  private boolean isTaken(String name) {
    return catchThrowable(() -> usernames.checked(TestTenants.ALICE, name)) == null;
  }

  private boolean same(String a, String b) {
    return !Collections.disjoint(
        usernames.keys(TestTenants.ALICE, a), usernames.keys(TestTenants.ALICE, b));
  }

  private static List<int[]> rows() throws Exception {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Usernames.class.getResourceAsStream("lookalikes.txt")),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(
              line ->
                  Arrays.stream(line.split(" ")).mapToInt(h -> Integer.parseInt(h, 16)).toArray())
          .collect(Collectors.toList());
    }
  }
}
