package org.tonekeep.privacy.api;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.tenant.api.TenantId;

/**
 * A storing bundle's part in export and erasure. Every bundle with an entity registers one. Called
 * by the privacy core; both calls are idempotent.
 */
@ConsumerType
public interface DataHolder {
  /** The classes of personal data that the bundle holds. */
  List<DataClass> holds();

  /** Everything held of the person, as records of plain values by data class id. */
  Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account);

  /** Erases everything held of the person; joins the running transaction. */
  void erase(TenantId tenant, AccountId account);
}
