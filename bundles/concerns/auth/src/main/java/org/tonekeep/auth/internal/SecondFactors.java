package org.tonekeep.auth.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.SecondFactor;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.PromiseUnkeptException;

/** The kinds of second factors that are here, and the rule that whoever has one needs it. */
@Component(service = SecondFactors.class)
public final class SecondFactors {
  private static final String PROMISE = "second-factor";

  private final List<SecondFactor> kinds = new CopyOnWriteArrayList<>();

  @Activate
  public SecondFactors() {}

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void add(SecondFactor kind) {
    kinds.add(kind);
  }

  void remove(SecondFactor kind) {
    kinds.remove(kind);
  }

  /**
   * Lets pass who needs no second factor or gives a good code, which is used up. Joins the running
   * transaction.
   *
   * @param code as typed; empty when none was
   * @return false when the code is wrong
   * @throws ProblemException 401 {@code totp-required} without a code
   * @throws PromiseUnkeptException when no bundle is here that could check: never a downgrade
   */
  boolean pass(Account account, String code) {
    if (account.factors().isEmpty()) {
      return true;
    }
    List<SecondFactor> usable =
        kinds.stream().filter(kind -> account.factors().contains(kind.kind())).toList();
    if (usable.isEmpty()) {
      throw new PromiseUnkeptException(PROMISE, String.join(", ", account.factors()));
    }
    if (code.isBlank()) {
      throw ProblemException.of(
          401,
          "totp-required",
          "A code is needed",
          "Give the code of your second factor, or a recovery code");
    }
    return usable.stream()
        .anyMatch(kind -> kind.verify(account.tenant(), account.id(), code.strip()));
  }

  /**
   * Forgets the account's second factors. Joins the running transaction.
   *
   * @return whether there was one
   * @throws PromiseUnkeptException when the bundle of one that is on is away
   */
  public boolean reset(Account account) {
    boolean any = false;
    for (String needed : account.factors()) {
      if (kinds.stream().noneMatch(kind -> kind.kind().equals(needed))) {
        throw new PromiseUnkeptException(PROMISE, needed);
      }
    }
    for (SecondFactor kind : kinds) {
      any |= kind.reset(account.tenant(), account.id());
    }
    return any;
  }
}
