package org.tonekeep.testing.faults;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.storage.api.Blob;

/**
 * What a node does with its stores, once each: keys made, sound received, replaced and deleted, the
 * tenant's key rotated, one destroyed, acts logged, the stores opened anew. Says each act before
 * and after. An act that fails is tried again for a while, as people do.
 */
final class Script {
  /** What fails once works again within them. */
  static final int TRIES = 20;

  private static final long PAUSE_MILLIS = 100;
  private static final int MOST_PAUSES = 5;
  private static final int RATE = 44_100;
  private static final int WAV_HEADER = 44;
  private static final int[] LENGTHS = {30_000, 70_000, 20_000, 40_000};

  private final Ground ground;
  private final Consumer<Claim> say;
  private final Random random;
  private final int tries;
  private int number;
  private int failed;
  private boolean stuck;

  /**
   * @param tries of an act that fails
   */
  Script(Ground ground, long seed, int tries, Consumer<Claim> say) {
    this.tries = tries;
    this.ground = ground;
    this.say = say;
    this.random = new Random(seed);
  }

  /** How many acts failed at first. */
  int failed() {
    return failed;
  }

  /** Whether an act went on to fail. */
  boolean stuck() {
    return stuck;
  }

  void run() {
    String one = Ids.next(ground.clock);
    String two = Ids.next(ground.clock);
    act("key", () -> key(one));
    act("key", () -> key(two));
    Blob first = act("upload", () -> upload(one, LENGTHS[0]));
    Blob gone = act("upload", () -> upload(one, LENGTHS[1]));
    act("upload", () -> upload(two, LENGTHS[2]));
    act("grow", this::grow);
    if (first != null) {
      act("replace", () -> replace(first));
    }
    if (gone != null) {
      act("delete", () -> delete(gone));
    }
    act("work", this::work);
    act("rotate", this::rotate);
    act("destroy", () -> destroy(two));
    act("note", () -> note(one));
    act("reopen", this::reopen);
    act("upload", () -> upload(one, LENGTHS[3]));
    act("grow", this::grow);
  }

  /** An act, and its answer. */
  private interface Act<T> {
    T run() throws IOException;
  }

  @org.jspecify.annotations.Nullable
  private <T> T act(String name, Act<T> act) {
    for (int i = 0; i < tries; i++) {
      number++;
      try {
        return act.run();
      } catch (IOException | RuntimeException e) {
        // The child must go on whatever was injected; the harness shows what it says.
        System.err.println(name + " failed: " + e);
        failed++;
        pause(i);
      }
    }
    stuck = true;
    return null;
  }

  static void pause(int tries) {
    try {
      Thread.sleep(Math.min(tries, MOST_PAUSES) * PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Boolean key(String owner) {
    say.accept(Claim.begun(number, "key", owner));
    ground.keys.owners().create(Ground.TENANT, owner);
    say.accept(Claim.done(number, "key", owner));
    return true;
  }

  private Blob upload(String owner, int length) throws IOException {
    byte[] sound = wav(length);
    say.accept(Claim.begun(number, "upload", owner, sha256(sound)));
    Blob blob = receive(owner, sound);
    ground
        .db
        .tx()
        .run(
            Ground.TENANT,
            () -> {
              ground.vault.vault().record(Ground.TENANT, blob);
              ground.log.log().append(Ground.TENANT, entry("blob.upload", blob));
            });
    say.accept(Claim.done(number, "upload", owner, sha256(sound), blob.key().id()));
    return blob;
  }

  private Blob receive(String owner, byte[] sound) throws IOException {
    return ground.vault.vault().receiveAudio(Ground.TENANT, owner, new ByteArrayInputStream(sound));
  }

  private Blob replace(Blob old) throws IOException {
    byte[] sound = wav(LENGTHS[0]);
    String owner = old.key().owner();
    say.accept(Claim.begun(number, "replace", owner, sha256(sound), "", old.key().id()));
    Blob blob = receive(owner, sound);
    ground
        .db
        .tx()
        .run(
            Ground.TENANT,
            () -> {
              ground.vault.vault().record(Ground.TENANT, blob);
              ground.vault.vault().discard(Ground.TENANT, old.key());
              ground.log.log().append(Ground.TENANT, entry("blob.upload", blob));
              ground.log.log().append(Ground.TENANT, entry("blob.delete", old));
            });
    say.accept(
        Claim.done(number, "replace", owner, sha256(sound), blob.key().id(), old.key().id()));
    return blob;
  }

  private Boolean delete(Blob blob) {
    String owner = blob.key().owner();
    say.accept(Claim.begun(number, "delete", owner, blob.key().id()));
    ground
        .db
        .tx()
        .run(
            Ground.TENANT,
            () -> {
              ground.vault.vault().discard(Ground.TENANT, blob.key());
              ground.log.log().append(Ground.TENANT, entry("blob.delete", blob));
            });
    say.accept(Claim.done(number, "delete", owner, blob.key().id()));
    return true;
  }

  private Boolean destroy(String owner) {
    say.accept(Claim.begun(number, "destroy", owner));
    ground.keys.owners().destroy(Ground.TENANT, owner);
    say.accept(Claim.done(number, "destroy", owner));
    return true;
  }

  private Boolean rotate() {
    say.accept(Claim.begun(number, "rotate"));
    int unused = ground.keys.rotate(Ground.TENANT);
    say.accept(Claim.done(number, "rotate"));
    return true;
  }

  private Boolean note(String owner) {
    String subject = Ids.next(ground.clock);
    say.accept(Claim.begun(number, "note", owner, subject));
    ground
        .log
        .log()
        .append(
            Ground.TENANT,
            AuditEntry.of(Actor.platform(), "note.write")
                .on(subject)
                .ownedBy(new AccountId(owner)));
    say.accept(Claim.done(number, "note", owner, subject));
    return true;
  }

  private Boolean work() throws IOException {
    ground.queue.work(Ground.TENANT, ground.vault.deletion());
    return true;
  }

  private Boolean grow() {
    ground.log.grow();
    return true;
  }

  private Boolean reopen() throws IOException {
    ground.reopen();
    return true;
  }

  private static AuditEntry entry(String action, Blob blob) {
    AccountId owner = new AccountId(blob.key().owner());
    return AuditEntry.of(Actor.account(owner), action).on(blob.key().id()).ownedBy(owner);
  }

  private byte[] wav(int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return ByteBuffer.allocate(WAV_HEADER + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {'R', 'I', 'F', 'F'})
        .putInt(WAV_HEADER - 8 + length)
        .put(new byte[] {'W', 'A', 'V', 'E', 'f', 'm', 't', ' '})
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(RATE)
        .putInt(2 * RATE)
        .putShort((short) 2)
        .putShort((short) 16)
        .put(new byte[] {'d', 'a', 't', 'a'})
        .putInt(length)
        .put(noise)
        .array();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
