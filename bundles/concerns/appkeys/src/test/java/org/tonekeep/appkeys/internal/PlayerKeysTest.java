package org.tonekeep.appkeys.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.testing.kit.TestTenants.ALICE;
import static org.tonekeep.testing.kit.TestTenants.BOB;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** What players send: a username, md5(key + salt) and the salt. */
public final class PlayerKeysTest {
  private static final String SALT = "c19b2d+/=";

  private TestAppKeys bundle;
  private Caller ann;

  @Before
  public void open() {
    bundle = new TestAppKeys(Engine.DERBY);
    ann = bundle.account(ALICE, "annika");
    bundle.account(BOB, "annika");
  }

  @After
  public void close() {
    bundle.close();
  }

  @Test
  public void shouldKnowAPlayerByAnyOfTheKeysOfItsOwner() {
    String phone = bundle.made(ann, Scope.SUBSONIC).token();
    String car = bundle.made(ann, Scope.SUBSONIC).token();

    for (String key : List.of(phone, car)) {
      Caller caller = bundle.players.byToken(ALICE, "annika", md5(key + SALT), SALT).orElseThrow();
      assertThat(caller.account()).isEqualTo(ann.account());
      assertThat(caller.scopes()).containsExactly(Scope.SUBSONIC);
    }
    String loud = md5(car + SALT).toUpperCase(Locale.ROOT);
    assertThat(bundle.players.byToken(ALICE, "annika@example.org", loud, SALT)).isPresent();
    assertThat(bundle.callers.authenticate(ALICE, phone)).isPresent(); // parameter apiKey
  }

  @Test
  public void shouldKnowNobodyElse() {
    AppKeys.Made made = bundle.made(ann, Scope.SUBSONIC);
    String script = bundle.made(ann, Scope.READ).token();
    bundle.account(ALICE, "benjamin");
    String right = md5(made.token() + SALT);

    assertThat(bundle.players.byToken(ALICE, "annika", right, "other")).isEmpty();
    assertThat(bundle.players.byToken(ALICE, "benjamin", right, SALT)).isEmpty();
    assertThat(bundle.players.byToken(ALICE, "nobody", right, SALT)).isEmpty();
    assertThat(bundle.players.byToken(BOB, "annika", right, SALT)).isEmpty();
    assertThat(bundle.players.byToken(ALICE, "annika", md5(script + SALT), SALT)).isEmpty();
    assertThat(bundle.players.byToken(ALICE, "annika", md5(SALT), SALT)).isEmpty();
    assertThat(bundle.players.byToken(ALICE, "annika", "", SALT)).isEmpty();
    assertThat(bundle.players.byToken(ALICE, "x".repeat(10_000), right, SALT)).isEmpty();
    assertThat(bundle.players.byToken(ALICE, "annika", right, "x".repeat(10_000))).isEmpty();

    assertThat(bundle.keys.end(ann, made.key().id(), "")).isTrue();
    assertThat(bundle.players.byToken(ALICE, "annika", right, SALT)).isEmpty();
  }

  @Test
  public void shouldKnowNobodyAfterANewEpochOrWhereTheFeatureIsOff() {
    String right = md5(bundle.made(ann, Scope.SUBSONIC).token() + SALT);
    bundle.gate.turn(ALICE, AppKeysFeature.ID, false);
    assertThat(bundle.players.byToken(ALICE, "annika", right, SALT)).isEmpty();
    bundle.gate.turn(ALICE, AppKeysFeature.ID, true);
    assertThat(bundle.players.byToken(ALICE, "annika", right, SALT)).isPresent();

    assertThat(bundle.accounts.beginEpoch(ALICE, ann.account())).isTrue();

    assertThat(bundle.players.byToken(ALICE, "annika", right, SALT)).isEmpty();
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
