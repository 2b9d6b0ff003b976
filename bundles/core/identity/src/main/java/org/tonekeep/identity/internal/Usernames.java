package org.tonekeep.identity.internal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.identity.api.AccountSettings;
import org.tonekeep.identity.api.Username;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Which usernames a tenant takes, and by which keys they are the same. */
@Component(service = Usernames.class)
public final class Usernames {
  private static final String INDEX = "username-index";

  /** What a reader takes for the site itself, for its staff or for a part of its addresses. */
  private static final String RESERVED =
      """
      abuse account accounts admin administrator anonymous api apps artist artists assets
      audit auth billing blog bot contact copyright daemon dmca docs download everyone export
      feedback ftp guest healthz help hostmaster info jobs legal login logout mail
      mailerdaemon me metrics moderator news nobody noreply null official operator owner
      payment payments policy postmaster press privacy promises readyz register rest robots
      root sales security service settings shop signin signup site smtp staff static status
      stats subsonic superuser support sys sysadmin system team terms tlog tonekeep undefined
      upload user username verified web webmaster wellknown www
      """;

  private final Tenants tenants;
  private final KeyRing keys;
  private final Lookalikes lookalikes = new Lookalikes();
  private final Set<String> reserved;

  @Activate
  public Usernames(@Reference Tenants tenants, @Reference KeyRing keys) {
    this.tenants = tenants;
    this.keys = keys;
    this.reserved = skeletons(Stream.of(RESERVED.trim().split("\\s+")));
  }

  /**
   * The name as it is stored.
   *
   * @param name empty for none
   * @throws IllegalArgumentException saying what would be right
   */
  String checked(TenantId tenant, String name) {
    Tenant site = tenants.require(tenant);
    String mode = site.get(AccountSettings.USERNAMES);
    if (name.isBlank()) {
      if (mode.equals("required")) {
        throw new IllegalArgumentException("A username is needed here");
      }
      return "";
    }
    if (mode.equals("off")) {
      throw new IllegalArgumentException("There are no usernames here; leave it out");
    }
    String value = new Username(name).value();
    if (!lookalikes.isWritten(value)) {
      throw new IllegalArgumentException(
          "A username consists of the letters of today's languages, not of special forms of them");
    }
    if (skeletons(Stream.of(value)).stream().anyMatch(s -> isReserved(site, s))) {
      throw new IllegalArgumentException("This username is reserved; choose another");
    }
    return value;
  }

  /** How long a username stays before it can be changed again. */
  Duration pause(TenantId tenant) {
    return tenants.require(tenant).get(AccountSettings.RENAME_PAUSE);
  }

  /** What else is checked of a profile, beside its username. */
  ProfileRules rules() {
    return new ProfileRules(tenants, this);
  }

  /** What is unique per tenant: MACs, so that no database repeats a name in a message. */
  Set<String> keys(TenantId tenant, String name) {
    return lookalikes.skeletons(name).stream()
        .map(
            skeleton ->
                HexFormat.of()
                    .formatHex(keys.mac(tenant, INDEX, skeleton.getBytes(StandardCharsets.UTF_8))))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean isReserved(Tenant site, String skeleton) {
    Stream<String> own =
        Stream.concat(
            Stream.of(site.id().value(), site.title()),
            Stream.concat(site.hosts().stream(), site.get(AccountSettings.RESERVED).stream()));
    return reserved.contains(skeleton) || skeletons(own).contains(skeleton);
  }

  /** Of names without what may stand between: {@code ad.min} is read as {@code admin}. */
  private Set<String> skeletons(Stream<String> names) {
    return names
        .map(name -> name.replaceAll("[\\s_.-]", ""))
        .flatMap(name -> lookalikes.skeletons(name).stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
