package org.tonekeep.audit.api;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tonekeep.identity.api.AccountId;

/**
 * One act. Ids and words only: never an address, a name, a token or a network address.
 *
 * @param action {@code <noun>.<verb>} of the house's words, such as {@code account.suspend} or
 *     {@code session.begin}
 * @param subject what it was done to: an id, or empty
 * @param owner whose data it is: that account may read the entry
 * @param peer the form of the network address that the tenant allows, see {@link
 *     org.tonekeep.rest.api.Peer#tag}; empty when there is none
 * @param success false when the act was refused or failed
 * @param facts small facts, such as {@code role=staff}; at most 10: a word, and 100 characters on
 *     one line
 */
public record AuditEntry(
    Actor actor,
    String action,
    String subject,
    Optional<AccountId> owner,
    String peer,
    boolean success,
    Map<String, String> facts) {
  private static final Pattern ACTION = Pattern.compile("[a-z][a-z-]*(\\.[a-z][a-z-]*)+");
  private static final Pattern FACT = Pattern.compile("[a-z][a-zA-Z0-9-]{0,39}");
  private static final int MOST = 10;
  private static final int LONGEST = 100;

  public AuditEntry {
    if (!ACTION.matcher(action).matches() || action.length() > LONGEST) {
      throw new IllegalArgumentException("An action is <noun>.<verb> in lower case");
    }
    if (subject.length() > LONGEST || peer.length() > LONGEST) {
      throw new IllegalArgumentException("A subject and a peer have at most 100 characters");
    }
    facts = Map.copyOf(facts);
    if (facts.size() > MOST || !facts.entrySet().stream().allMatch(AuditEntry::isFact)) {
      throw new IllegalArgumentException(
          "At most 10 facts: a word, and at most 100 characters on one line");
    }
    if (!oneLine(subject) || !oneLine(peer)) {
      throw new IllegalArgumentException("A subject and a peer are on one line");
    }
  }

  private static boolean isFact(Map.Entry<String, String> fact) {
    return FACT.matcher(fact.getKey()).matches()
        && fact.getValue().length() <= LONGEST
        && oneLine(fact.getValue());
  }

  private static boolean oneLine(String text) {
    return text.codePoints()
        .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
  }

  /** A successful act; refine it with the methods below. */
  public static AuditEntry of(Actor actor, String action) {
    return new AuditEntry(actor, action, "", Optional.empty(), "", true, Map.of());
  }

  public AuditEntry on(String id) {
    return new AuditEntry(actor, action, id, owner, peer, success, facts);
  }

  public AuditEntry ownedBy(AccountId account) {
    return new AuditEntry(actor, action, subject, Optional.of(account), peer, success, facts);
  }

  public AuditEntry from(String tag) {
    return new AuditEntry(actor, action, subject, owner, tag, success, facts);
  }

  public AuditEntry failed() {
    return new AuditEntry(actor, action, subject, owner, peer, false, facts);
  }

  public AuditEntry with(String name, String value) {
    Map<String, String> more = new java.util.TreeMap<>(facts);
    more.put(name, value);
    return new AuditEntry(actor, action, subject, owner, peer, success, more);
  }
}
