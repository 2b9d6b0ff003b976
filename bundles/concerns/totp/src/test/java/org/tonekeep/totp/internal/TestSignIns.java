package org.tonekeep.totp.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.SignIns;
import org.tonekeep.tenant.api.TenantId;

/** Remembers whose session was exchanged; knows one password. */
public final class TestSignIns implements SignIns {
  public static final String PASSWORD = "correct horse battery";
  public final List<Caller> rotated = new CopyOnWriteArrayList<>();

  @Override
  public Optional<Begun> begin(
      TenantId tenant, AccountId account, Optional<Caller> previous, String device, String tag) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void prove(Caller caller) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Begun rotate(Caller caller) {
    rotated.add(caller);
    return new Begun("session", "fresh-token", Duration.ofDays(30));
  }

  @Override
  public boolean passwordIs(Caller caller, String password, String peer) {
    return password.equals(PASSWORD);
  }

  @Override
  public void endAll(TenantId tenant, AccountId account) {
    throw new UnsupportedOperationException();
  }
}
