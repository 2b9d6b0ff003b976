package org.tonekeep.audit.internal;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.tenant.api.TenantId;

/**
 * A row of the log, letter by letter as it is stored.
 *
 * @param id UUIDv7: in the order of time
 * @param time epoch milliseconds
 * @param success 1 or 0
 * @param actSalt of the act's hash, base64url
 * @param salt of the private parts, base64url; empty once they were erased
 * @param facts lines of name=value in the order of their names
 * @param leaf see {@link Leaf}, base64url
 * @param mac see {@link EntryMac}
 */
public record StoredEntry(
    String id,
    long time,
    String action,
    int success,
    String actSalt,
    String actorKind,
    String actor,
    String subject,
    String owner,
    String peer,
    String facts,
    String salt,
    String leaf,
    String mac) {
  /** A new entry with fresh salts. */
  static StoredEntry of(TenantId tenant, String id, long time, AuditEntry entry, EntryMac macs) {
    StoredEntry bare =
        new StoredEntry(
            id,
            time,
            entry.action(),
            entry.success() ? 1 : 0,
            Leaf.text(Leaf.newActSalt()),
            entry.actor().kind().name(),
            entry.actor().id(),
            entry.subject(),
            entry.owner().map(AccountId::value).orElse(""),
            entry.peer(),
            text(entry.facts()),
            Leaf.text(Leaf.newSalt()),
            "",
            "");
    byte[] leaf = Leaf.of(time, bare.act(), bare.people());
    return bare.with(Leaf.text(leaf), Leaf.text(macs.written(tenant, leaf)));
  }

  private StoredEntry with(String newLeaf, String newMac) {
    return new StoredEntry(
        id, time, action, success, actSalt, actorKind, actor, subject, owner, peer, facts, salt,
        newLeaf, newMac);
  }

  /** The act's hash, computed from the row. */
  byte[] act() {
    return Leaf.act(Leaf.bytes(actSalt), id, action, success);
  }

  /** The hash over the private parts, computed from the row. */
  byte[] people() {
    byte[] key = Leaf.bytes(salt);
    List<String> values = parts();
    return Leaf.people(
        IntStream.range(0, values.size())
            .mapToObj(i -> Leaf.part(Leaf.partSalt(key, i), values.get(i)))
            .toList());
  }

  /** The private parts in the order of {@link Leaf#PARTS}. */
  List<String> parts() {
    return List.of(actorKind + ":" + actor, subject, owner, peer, facts);
  }

  /** Whether the private parts were erased. */
  public boolean erased() {
    return salt.isEmpty();
  }

  /** Whether nothing of the private parts is left. */
  boolean blank() {
    return (actorKind + actor + subject + owner + peer + facts + salt).isEmpty();
  }

  /** What of the row is not as the leaf says; empty when all is. */
  Optional<String> difference(byte[] expected) {
    if (time != Leaf.time(expected)) {
      return Optional.of("the time");
    }
    try {
      if (!Arrays.equals(act(), Leaf.act(expected))) {
        return Optional.of("the id, action, outcome or their salt");
      }
      if (!erased() && !Arrays.equals(people(), Leaf.people(expected))) {
        return Optional.of("the actor, subject, owner, network, facts or their salt");
      }
      return erased() && !blank()
          ? Optional.of("the salt, or what should be erased")
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("a salt, which is not base64"); // nothing of it can be computed
    }
  }

  public Instant at() {
    return Instant.ofEpochMilli(time);
  }

  /** What was appended; empty once it was erased. */
  public Optional<AuditEntry> entry() {
    return erased()
        ? Optional.empty()
        : Optional.of(
            new AuditEntry(
                new Actor(Actor.Kind.valueOf(actorKind), actor),
                action,
                subject,
                owner.isEmpty() ? Optional.empty() : Optional.of(new AccountId(owner)),
                peer,
                success == 1,
                facts(facts)));
  }

  private static String text(Map<String, String> facts) {
    return new TreeMap<>(facts)
        .entrySet().stream()
            .map(fact -> fact.getKey() + "=" + fact.getValue())
            .collect(Collectors.joining("\n"));
  }

  private static Map<String, String> facts(String text) {
    return text.lines()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toUnmodifiableMap(parts -> parts[0], parts -> parts[1]));
  }

  /** Without what it holds. */
  @Override
  public String toString() {
    return "StoredEntry[" + id + "]";
  }
}
