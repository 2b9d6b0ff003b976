package org.tonekeep.vault.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.SignedUrls;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Signs addresses of blobs, and knows its own signature again. */
@Component(service = {SignedUrls.class, HmacSignedUrls.class})
public final class HmacSignedUrls implements SignedUrls {
  static final String PATH = "/b/";
  private static final String PURPOSE = "signed-url";
  private static final int MAC = 32;
  private static final int LONGEST = 3000;
  private static final int LONGEST_NAME = 150;

  private final Tenants tenants;
  private final Gate gate;
  private final KeyRing keys;
  private final Clock clock;

  @Activate
  public HmacSignedUrls(
      @Reference Tenants tenants,
      @Reference Gate gate,
      @Reference KeyRing keys,
      @Reference Clock clock) {
    this.tenants = tenants;
    this.gate = gate;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public SignedUrl sign(
      TenantId tenant, Caller caller, Blob blob, Disposition disposition, String fileName) {
    gate.requireKept(tenant, Act.DELIVERY);
    if (!caller.tenant().equals(tenant) || !blob.key().tenant().equals(tenant)) {
      throw new IllegalArgumentException("The caller or the blob is another tenant's");
    }
    Instant expiresAt =
        clock
            .instant()
            .plus(tenants.require(tenant).get(VaultKeys.URL_TTL))
            .truncatedTo(ChronoUnit.MILLIS);
    byte[] payload =
        new UrlToken(
                tenant,
                caller.account().value(),
                caller.session(),
                blob.key(),
                UrlToken.GET_HEAD,
                disposition,
                ContentDisposition.clean(fileName, LONGEST_NAME),
                expiresAt)
            .bytes();
    byte[] mac = keys.mac(tenant, PURPOSE, payload);
    byte[] token = Arrays.copyOf(payload, payload.length + MAC);
    System.arraycopy(mac, 0, token, payload.length, MAC);
    return new SignedUrl(
        PATH + Base64.getUrlEncoder().withoutPadding().encodeToString(token), expiresAt);
  }

  /**
   * Checks a token without any look at the database or the store.
   *
   * @throws ProblemException 403 {@code url-invalid} or {@code url-expired}
   */
  UrlToken verify(TenantId tenant, String text) {
    byte[] token = decode(text);
    byte[] payload = Arrays.copyOf(token, token.length - MAC);
    byte[] mac = Arrays.copyOfRange(token, token.length - MAC, token.length);
    if (!keys.verify(tenant, PURPOSE, payload, mac)) {
      throw invalid();
    }
    UrlToken read;
    try {
      read = UrlToken.parse(payload);
    } catch (IllegalArgumentException notOurForm) {
      throw invalid();
    }
    if (!read.tenant().equals(tenant)) {
      throw invalid();
    }
    if (!clock.instant().isBefore(read.expiresAt())) {
      throw ProblemException.of(
          403, "url-expired", "Address expired", "This address has expired: ask for a new one");
    }
    return read;
  }

  private static byte[] decode(String text) {
    if (text.length() > LONGEST) {
      throw invalid();
    }
    byte[] token;
    try {
      token = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      throw invalid();
    }
    // The decoder forgives padding and stray last bits; one address has one spelling.
    if (token.length <= MAC
        || !Base64.getUrlEncoder().withoutPadding().encodeToString(token).equals(text)) {
      throw invalid();
    }
    return token;
  }

  private static ProblemException invalid() {
    return ProblemException.of(
        403, "url-invalid", "Address not valid", "This address was not made here or was changed");
  }
}
