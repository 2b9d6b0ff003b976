package org.tonekeep.vault.internal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.storage.api.SignedUrls;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Signs addresses of blobs, and knows its own signature again. */
@Component(service = {SignedUrls.class, HmacSignedUrls.class})
public final class HmacSignedUrls implements SignedUrls {
  static final String PATH = "/b/";
  private static final int NONCE = 16;
  private static final int LONGEST_NAME = 150;
  private static final int LONGEST_AUDIENCE = 300;

  private final Tenants tenants;
  private final Gate gate;
  private final UrlKeys keys;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  @Activate
  public HmacSignedUrls(
      @Reference Tenants tenants,
      @Reference Gate gate,
      @Reference KeyRing keys,
      @Reference Clock clock) {
    this.tenants = tenants;
    this.gate = gate;
    this.keys = new UrlKeys(keys, clock);
    this.clock = clock;
  }

  @Override
  public SignedUrl sign(TenantId tenant, List<Holder> holders, String audience, Offer offer) {
    gate.requireKept(tenant, Act.DELIVERY);
    if (!offer.blob().key().tenant().equals(tenant)) {
      throw new IllegalArgumentException("The blob is another tenant's");
    }
    if (holders.isEmpty() || holders.size() > MOST_HOLDERS) {
      throw new IllegalArgumentException("An address has 1 to " + MOST_HOLDERS + " holders");
    }
    if (audience.length() > LONGEST_AUDIENCE) {
      throw new IllegalArgumentException("No host has so long a name");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant expiresAt =
        now.plus(tenants.require(tenant).get(VaultKeys.URL_TTL)).truncatedTo(ChronoUnit.MILLIS);
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    UrlToken token =
        new UrlToken(
            tenant,
            audience,
            holders,
            offer.blob().key(),
            offer.subject(),
            UrlToken.GET_HEAD,
            offer.disposition(),
            ContentDisposition.clean(offer.fileName(), LONGEST_NAME),
            now,
            expiresAt,
            Base64.getUrlEncoder().withoutPadding().encodeToString(nonce));
    return new SignedUrl(PATH + keys.sign(tenant, token.bytes()), expiresAt);
  }

  /**
   * Checks a token without any look at the database or the store.
   *
   * @param audience where the request came in
   * @throws ProblemException 403 {@code url-invalid} for what was not signed here for this tenant
   *     and place
   */
  UrlToken verify(TenantId tenant, String audience, String text) {
    byte[] payload = keys.open(tenant, text).orElseThrow(HmacSignedUrls::invalid);
    UrlToken read;
    try {
      read = UrlToken.parse(payload);
    } catch (IllegalArgumentException notOurForm) {
      throw invalid();
    }
    if (!read.tenant().equals(tenant) || !read.audience().equals(audience)) {
      throw invalid();
    }
    return read;
  }

  /**
   * @throws ProblemException 403 {@code url-expired} when the token's time is over
   */
  void requireInTime(UrlToken token) {
    Instant now = clock.instant();
    if (!now.isBefore(token.expiresAt())) {
      throw ProblemException.of(
          403, "url-expired", "Address expired", "This address has expired: ask for a new one");
    }
  }

  static ProblemException invalid() {
    return ProblemException.of(
        403, "url-invalid", "Address not valid", "This address was not made here or was changed");
  }
}
