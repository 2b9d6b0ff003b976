package org.tonekeep.passkeys.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.tonekeep.passkeys.internal.Device.bent;
import static org.tonekeep.testing.kit.TestTenants.ALICE;
import static org.tonekeep.testing.kit.TestTenants.BOB;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** Answers that prove nothing, each bent in one place only. */
public final class RefusalTest {
  /** Bends an answer to a challenge. */
  private interface Bend extends BiFunction<Device, String, Answer> {}

  private TestPasskeys bundle;
  private Caller ann;

  @Before
  public void open() {
    bundle = new TestPasskeys(Engine.DERBY);
    ann = bundle.account(ALICE, "ann@example.org");
  }

  @After
  public void close() {
    bundle.close();
  }

  @Test
  public void shouldSignNobodyInByABentAnswer() {
    Map<String, Bend> bends = assertions();
    assertThat(bends).hasSizeGreaterThanOrEqualTo(25);
    bends.forEach(
        (what, bend) -> {
          Device device = TestPasskeys.device(ALICE);
          bundle.register(ann, device);
          String challenge = bundle.passkeys.challenge(ALICE);
          Answer answer = bend.apply(device, challenge);
          assertThat(catchThrowable(() -> bundle.signIn(ALICE, answer)))
              .as(what)
              .isInstanceOf(RefusedException.class);
          assertThat(bundle.begun).as(what).isEmpty();
          bundle.holder.erase(ALICE, ann.account());
        });
  }

  @Test
  public void shouldRegisterNothingByABentAnswer() {
    Map<String, Bend> bends = registrations();
    assertThat(bends).hasSizeGreaterThanOrEqualTo(15);
    bends.forEach(
        (what, bend) -> {
          Device device = TestPasskeys.device(ALICE);
          Passkeys.Offer offer = bundle.passkeys.offer(ann);
          device.handle = Base64Url.bytes(offer.handle(), 64).orElseThrow();
          Answer answer = bend.apply(device, offer.challenge());
          assertThat(catchThrowable(() -> register(ann, answer)))
              .as(what)
              .isInstanceOf(RefusedException.class);
          assertThat(bundle.passkeys.list(ann)).as(what).isEmpty();
        });
  }

  @Test
  public void shouldTakeAChallengeOnceInTimeForItsPurposeItsTenantAndItsAccount() {
    Device device = TestPasskeys.device(ALICE);
    bundle.register(ann, device);
    String challenge = bundle.passkeys.challenge(ALICE);
    Answer good = device.get(challenge);
    assertThat(bundle.signIn(ALICE, good).session()).isPresent();
    refuse("replayed", good);
    refuse("answered twice", device.get(challenge));

    String spoilt = bundle.passkeys.challenge(ALICE);
    Answer wrong =
        device.got(device.clientData(device.getType, spoilt), new byte[37], new byte[70]);
    refuse("wrong", wrong);
    refuse("used up by a wrong answer", device.get(spoilt));

    refuse("made up", device.get(Base64Url.text(new byte[32])));
    refuse("of another tenant", device.get(bundle.passkeys.challenge(BOB)));
    refuse("for registering", device.get(bundle.passkeys.offer(ann).challenge()));
    String old = bundle.passkeys.challenge(ALICE);
    bundle.clock.advance(Challenges.LIFE);
    refuse("too old", device.get(old));

    Caller ben = bundle.account(ALICE, "ben@example.org");
    Passkeys.Offer his = bundle.passkeys.offer(ben);
    Answer stolen = TestPasskeys.device(ALICE).create(his.challenge(), his.handle());
    assertThat(catchThrowable(() -> register(ann, stolen))).isInstanceOf(RefusedException.class);
    String login = bundle.passkeys.challenge(ALICE);
    Answer mixed = TestPasskeys.device(ALICE).create(login, his.handle());
    assertThat(catchThrowable(() -> register(ann, mixed))).isInstanceOf(RefusedException.class);
  }

  @Test
  public void shouldRefuseACounterThatDoesNotGrow() {
    Device device = TestPasskeys.device(ALICE);
    bundle.register(ann, device);
    device.count = 7;
    assertThat(bundle.signIn(ALICE, device.get(bundle.passkeys.challenge(ALICE))).session())
        .isPresent();
    for (long before : List.of(7L - 1, 3L, -1L)) {
      device.count = before;
      refuse("counter " + (before + 1), device.get(bundle.passkeys.challenge(ALICE)));
    }
    device.count = 8;
    assertThat(bundle.signIn(ALICE, device.get(bundle.passkeys.challenge(ALICE))).session())
        .isPresent();
  }

  @Test
  public void shouldPurgeChallengesThatNobodyAnswered() {
    Device device = TestPasskeys.device(ALICE);
    bundle.register(ann, device);
    String challenge = bundle.passkeys.challenge(ALICE);
    bundle.clock.advance(Challenges.LIFE.minus(Duration.ofSeconds(1)));
    bundle.challenges.purge();
    assertThat(bundle.signIn(ALICE, device.get(challenge)).session()).isPresent();
  }

  private static Map<String, Bend> assertions() {
    Map<String, Bend> bends = new LinkedHashMap<>();
    for (String origin :
        List.of(
            "https://evil.example",
            "http://bob.localhost:8181",
            "http://alice.localhost:8182",
            "http://alice.localhost",
            "http://alice.localhost.evil.example:8181",
            "null")) {
      bends.put("origin " + origin, set(d -> d.origin = origin));
    }
    bends.put("host of another tenant", set(d -> d.rpId = "bob.localhost"));
    bends.put("host above", set(d -> d.rpId = "localhost"));
    bends.put("type of the other ceremony", set(d -> d.getType = "webauthn.create"));
    bends.put("unknown type", set(d -> d.getType = "payment.get"));
    bends.put("credential type", set(d -> d.type = "password"));
    bends.put("nobody there", set(d -> d.flags = Device.VERIFIED));
    bends.put("nobody verified", set(d -> d.flags = Device.PRESENT));
    bends.put("no flag", set(d -> d.flags = 0));
    bends.put("backed up but not eligible", set(d -> d.flags |= Device.BACKED_UP));
    bends.put("eligible all at once", set(d -> d.flags |= Device.ELIGIBLE));
    bends.put("other key", set(Device::changeKey));
    bends.put("other id", set(d -> d.id = bent(d.id, 0)));
    bends.put("short id", set(d -> d.id = Arrays.copyOf(d.id, 16)));
    bends.put("giant id", set(d -> d.id = new byte[2000]));
    bends.put("other handle", set(d -> d.handle = bent(d.handle, 5)));
    bends.put("no handle", set(d -> d.handle = new byte[0]));
    bends.put("signature bent", parts((c, a, s) -> new byte[][] {c, a, bent(s, -1)}));
    bends.put("signature cut", parts((c, a, s) -> new byte[][] {c, a, Arrays.copyOf(s, 20)}));
    bends.put("no signature", parts((c, a, s) -> new byte[][] {c, a, {}}));
    bends.put("giant signature", parts((c, a, s) -> new byte[][] {c, a, new byte[1 << 20]}));
    bends.put("device data bent", parts((c, a, s) -> new byte[][] {c, bent(a, -1), s}));
    bends.put("device data cut", parts((c, a, s) -> new byte[][] {c, Arrays.copyOf(a, 30), s}));
    bends.put("device data longer", parts((c, a, s) -> new byte[][] {c, Device.joined(a, s), s}));
    bends.put("client data bent", parts((c, a, s) -> new byte[][] {bent(c, -2), a, s}));
    bends.put(
        "client data longer",
        parts((c, a, s) -> new byte[][] {Device.joined(c, " ".getBytes(UTF_8)), a, s}));
    bends.put("no JSON", parts((c, a, s) -> new byte[][] {"[1".getBytes(UTF_8), a, s}));
    bends.put("empty JSON", parts((c, a, s) -> new byte[][] {"{}".getBytes(UTF_8), a, s}));
    bends.put("null", parts((c, a, s) -> new byte[][] {"null".getBytes(UTF_8), a, s}));
    bends.put("giant client data", parts((c, a, s) -> new byte[][] {new byte[1 << 20], a, s}));
    bends.put("nothing", (d, c) -> new Answer(null, null, null, null, null, null, null, List.of()));
    bends.put(
        "no base64",
        (d, c) -> {
          Answer good = d.get(c);
          return new Answer(
              good.id(),
              good.type(),
              good.clientData(),
              null,
              "%%%",
              good.signature(),
              good.userHandle(),
              List.of());
        });
    return bends;
  }

  private static Map<String, Bend> registrations() {
    Map<String, Bend> bends = new LinkedHashMap<>();
    bends.put("origin", make(d -> d.origin = "https://evil.example"));
    bends.put("origin of another tenant", make(d -> d.origin = "http://bob.localhost:8181"));
    bends.put("host of another tenant", make(d -> d.rpId = "bob.localhost"));
    bends.put("type of the other ceremony", make(d -> d.createType = "webauthn.get"));
    bends.put("credential type", make(d -> d.type = "password"));
    bends.put("nobody there", make(d -> d.flags = Device.VERIFIED));
    bends.put("nobody verified", make(d -> d.flags = Device.PRESENT));
    bends.put("backed up but not eligible", make(d -> d.flags |= Device.BACKED_UP));
    bends.put("algorithm that was not offered", make(d -> d.algorithm = -47));
    bends.put("no algorithm at all", make(d -> d.algorithm = 0));
    bends.put("giant id", make(d -> d.id = new byte[1500]));
    bends.put(
        "no credential in it",
        (d, c) -> d.created(c, Device.attestation(d.authenticatorData(d.flags, new byte[0]))));
    bends.put(
        "credential without its flag",
        (d, c) -> d.created(c, Device.attestation(d.authenticatorData(d.flags, d.publicKey()))));
    bends.put(
        "credential cut",
        (d, c) -> {
          byte[] key = d.publicKey();
          byte[] cut = Arrays.copyOf(key, key.length - 20);
          return d.created(
              c, Device.attestation(d.authenticatorData(d.flags | Device.ATTESTED, cut)));
        });
    bends.put(
        "point beside the curve",
        (d, c) ->
            d.created(
                c,
                Device.attestation(
                    d.authenticatorData(d.flags | Device.ATTESTED, bent(d.publicKey(), -1)))));
    bends.put("CBOR cut", bytes(b -> Arrays.copyOf(b, b.length / 2)));
    bends.put("no CBOR", bytes(b -> "hello".getBytes(UTF_8)));
    bends.put("CBOR of another kind", bytes(b -> Device.cbor(List.of(1, 2, 3))));
    bends.put("deep CBOR", bytes(b -> filled(30_000, (byte) 0x81)));
    bends.put("giant CBOR", bytes(b -> new byte[1 << 20]));
    bends.put("unknown format", bytes(b -> Device.cbor(Map.of("fmt", "x", "attStmt", Map.of()))));
    bends.put("no attestation", bytes(b -> new byte[0]));
    bends.put(
        "other id than in it",
        (d, c) -> {
          Answer good = d.create(c, Base64Url.text(d.handle));
          return new Answer(
              Base64Url.text(bent(d.id, 3)),
              good.type(),
              good.clientData(),
              good.attestation(),
              null,
              null,
              null,
              List.of());
        });
    return bends;
  }

  private static Bend set(java.util.function.Consumer<Device> change) {
    return (device, challenge) -> {
      change.accept(device);
      return device.get(challenge);
    };
  }

  private static Bend make(java.util.function.Consumer<Device> change) {
    return (device, challenge) -> {
      change.accept(device);
      return device.create(challenge, Base64Url.text(device.handle));
    };
  }

  private static Bend bytes(java.util.function.UnaryOperator<byte[]> change) {
    return (device, challenge) ->
        device.created(
            challenge,
            change.apply(
                Device.attestation(
                    device.authenticatorData(device.flags | Device.ATTESTED, device.publicKey()))));
  }

  /** Changes what was signed, or the signature, afterwards. */
  private interface Change {
    byte[][] apply(byte[] client, byte[] data, byte[] signature);
  }

  private static Bend parts(Change change) {
    return (device, challenge) -> {
      device.count++;
      byte[] data = device.authenticatorData(device.flags, new byte[0]);
      byte[] client = device.clientData(device.getType, challenge);
      byte[][] after = change.apply(client, data, device.sign(data, client));
      return device.got(after[0], after[1], after[2]);
    };
  }

  private static byte[] filled(int length, byte with) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, with);
    return bytes;
  }

  private Passkey register(Caller caller, Answer answer) {
    return bundle.passkeys.register(
        caller, TestPasskeys.party(bundle.tenants, ALICE), "phone", answer, TestPasskeys.PEER);
  }

  private void refuse(String what, Answer answer) {
    int before = bundle.begun.size();
    assertThat(catchThrowable(() -> bundle.signIn(ALICE, answer)))
        .as(what)
        .isInstanceOf(RefusedException.class);
    assertThat(bundle.begun).as(what).hasSize(before);
  }
}
