package org.tonekeep.identity.api;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.tenant.api.TenantId;

/**
 * Sessions, for concerns that prove in another way who somebody is (passkeys), ask for a proof, or
 * change what sessions hang on (a new address). Writing methods join the running transaction.
 */
@ProviderType
public interface SignIns {
  /**
   * Begins a session of an account that has just proven itself; empty when the account is not
   * {@link AccountState#ACTIVE}.
   *
   * @param previous the session of the same browser, which ends
   * @param device what the tenant may keep of the user agent, see {@code rest.api.Peer}; may be
   *     empty
   * @param tag of the network for the audit log, see {@code rest.api.Peer}; may be empty
   */
  Optional<Begun> begin(
      TenantId tenant, AccountId account, Optional<Caller> previous, String device, String tag);

  /** Notes that the caller has just proven to be the owner again: see {@link Caller#proven}. */
  void prove(Caller caller);

  /** Exchanges the caller's session for a new one, as after {@link Accounts#beginEpoch}. */
  Begun rotate(Caller caller);

  /**
   * Whether this is the caller's password. Call it outside of transactions: it takes a third of a
   * second of processor. Guessing is limited; the refusal (a {@code ProblemException} with 429)
   * passes through.
   *
   * @param peer limit key of the network, see {@code rest.api.Peer}
   */
  boolean passwordIs(Caller caller, String password, String peer);

  /** Ends all sessions of the account, on every node. */
  void endAll(TenantId tenant, AccountId account);

  /**
   * A session that has just begun.
   *
   * @param cookie name of the tenant's session cookie
   * @param token its value, shown once
   * @param age how long it lives
   */
  record Begun(String cookie, String token, Duration age) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Begun";
    }
  }
}
