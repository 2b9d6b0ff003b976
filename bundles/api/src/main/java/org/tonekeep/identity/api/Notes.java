package org.tonekeep.identity.api;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.tenant.api.TenantId;

/**
 * The staff's notes about accounts (promises KAN-35, KAN-64). Their subject may read them; the text
 * is stored sealed under the subject's key. Each change appends to the audit log in its
 * transaction. Who may call is for the caller to decide.
 */
@ProviderType
public interface Notes {
  /** The most characters of a note. */
  int LONGEST = 2000;

  /** The most notes of one account. */
  int MOST = 200;

  /**
   * Writes a note. Audited as {@code note.add}. Joins the running transaction.
   *
   * @param text 1 to {@link #LONGEST} characters after stripping; no control characters but line
   *     ends, which become {@code \n}, and none that turn the direction of text
   * @return the note as it was stored; empty when there is no such account
   * @throws IllegalArgumentException when the text is not valid, or the account has {@link #MOST}
   *     notes already; the message says what would be right
   */
  Optional<Note> add(TenantId tenant, AccountId subject, AccountId author, String text);

  /** All notes about an account, newest first; none when there is no such account. */
  List<Note> of(TenantId tenant, AccountId subject);

  /**
   * As {@link #of}, by somebody else than their subject. Audited as {@code note.read}, also when
   * there are none. Joins the running transaction.
   *
   * @param by the staff's account that reads
   */
  List<Note> read(TenantId tenant, AccountId by, AccountId subject);

  /**
   * Removes a note for good. Audited as {@code note.remove}. Joins the running transaction.
   *
   * @param by the staff's account that does it
   * @return false when there is no such note
   */
  boolean remove(TenantId tenant, AccountId by, String id);
}
