package org.tonekeep.mail.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.crypto.api.BrokenSealException;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.tenant.api.TenantId;

/**
 * Seals letters: under the key of the account that they are about, so that they die with it, or
 * under the tenant's when they are about none.
 */
@Component(service = MailSeals.class)
public final class MailSeals {
  private static final String RECIPIENT = "recipient";
  private static final String SUBJECT = "subject";
  private static final String BODY = "body";

  private final KeyRing ring;
  private final OwnerKeys owners;

  @Activate
  public MailSeals(@Reference KeyRing ring, @Reference OwnerKeys owners) {
    this.ring = ring;
    this.owners = owners;
  }

  /**
   * @throws org.tonekeep.crypto.api.NoOwnerKeyException when the owner has no key
   */
  MailContent seal(TenantId tenant, Optional<AccountId> owner, MailContent open) {
    return open.map(
        text -> seal(tenant, owner, RECIPIENT, text),
        text -> seal(tenant, owner, SUBJECT, text),
        text -> seal(tenant, owner, BODY, text));
  }

  /**
   * @throws org.tonekeep.crypto.api.NoOwnerKeyException when the owner's key was destroyed
   * @throws BrokenSealException when it was altered
   */
  MailContent open(TenantId tenant, Optional<AccountId> owner, MailContent sealed) {
    return sealed.map(
        text -> open(tenant, owner, RECIPIENT, text),
        text -> open(tenant, owner, SUBJECT, text),
        text -> open(tenant, owner, BODY, text));
  }

  private String seal(TenantId tenant, Optional<AccountId> owner, String what, String text) {
    return owner
        .map(o -> owners.sealText(tenant, o.value(), "mail_message." + what, text))
        .orElseGet(
            () ->
                Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ring.seal(tenant, "mail." + what, text.getBytes(UTF_8))));
  }

  private String open(TenantId tenant, Optional<AccountId> owner, String what, String sealed) {
    if (owner.isPresent()) {
      return owners.openText(tenant, owner.get().value(), "mail_message." + what, sealed);
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(sealed);
      return new String(ring.open(tenant, "mail." + what, bytes), UTF_8);
    } catch (IllegalArgumentException e) {
      BrokenSealException broken = new BrokenSealException();
      broken.initCause(e);
      throw broken;
    }
  }
}
