package org.tonekeep.breakglass.internal;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.catalog.api.Catalog;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Who;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.SignedUrls;
import org.tonekeep.storage.api.SignedUrls.Disposition;
import org.tonekeep.storage.api.SignedUrls.Offer;
import org.tonekeep.storage.api.SignedUrls.SignedUrl;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.TenantId;

/** Signs addresses under a grant: they die with it, and with the session of who reads. */
@Component(service = GrantedUrls.class)
public final class GrantedUrls {
  private final Breakglass breakglass;
  private final Accounts accounts;
  private final Catalog catalog;
  private final Vault vault;
  private final SignedUrls urls;
  private final BreakglassNotices notices;
  private final Tx tx;

  @Activate
  public GrantedUrls(
      @Reference Breakglass breakglass,
      @Reference Accounts accounts,
      @Reference Catalog catalog,
      @Reference Vault vault,
      @Reference SignedUrls urls,
      @Reference BreakglassNotices notices,
      @Reference Tx tx) {
    this.breakglass = breakglass;
    this.accounts = accounts;
    this.catalog = catalog;
    this.vault = vault;
    this.urls = urls;
    this.notices = notices;
    this.tx = tx;
  }

  /**
   * An address of a track that the grant is for, to be listened to, not to be saved.
   *
   * @param track which of the owner's; may be empty where the grant names the one
   * @throws ProblemException 404 for a grant or a track that it is not for, 403 {@code
   *     grant-not-good}
   */
  public SignedUrl sign(Who who, String id, Optional<TrackId> track) {
    TenantId tenant = who.tenant();
    Caller caller = who.signedIn();
    Grant grant = breakglass.requireGood(tenant, id, caller.account());
    TrackId wanted = track.or(grant::track).orElseThrow(ProblemException::notFound);
    if (grant.track().isPresent() && !grant.track().get().equals(wanted)) {
      throw ProblemException.notFound();
    }
    Account staff = accounts.find(tenant, caller.account()).orElseThrow(ProblemException::notFound);
    Track found =
        catalog.findOwned(tenant, grant.owner(), wanted).orElseThrow(ProblemException::notFound);
    Blob blob = vault.find(tenant, found.original()).orElseThrow(ProblemException::notFound);
    List<Holder> holders = List.of(Holder.of(caller), GrantHolders.of(grant, staff));
    // Without the title: what is listened to need not be known by name.
    String fileName = wanted.value() + "." + found.format();
    return tx.call(
        tenant,
        () -> {
          notices.note(
              tenant, grant, "breakglass.url", Optional.of(caller.account()), who.peer().tag());
          Offer offer = new Offer(blob, wanted.value(), Disposition.INLINE, fileName);
          return urls.sign(tenant, holders, who.audience(), offer);
        });
  }
}
