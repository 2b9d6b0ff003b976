package org.tonekeep.identity.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.crypto.api.KeyOwners;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.internal.jpa.AccountStore;
import org.tonekeep.tenant.api.TenantId;

/** Tells the keys which of their owners are accounts, so that those of failed sign-ups go. */
@Component
public final class AccountKeyOwners implements KeyOwners {
  private final AccountStore store;

  @Activate
  public AccountKeyOwners(@Reference AccountStore store) {
    this.store = store;
  }

  @Override
  public String kind() {
    return "accounts";
  }

  @Override
  public boolean owns(TenantId tenant, String owner) {
    return store.exists(tenant, new AccountId(owner));
  }
}
