package org.tonekeep.rest.internal;

import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.rest.api.Limits;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Who;

/** Who comes in at a tenant's door: by which wire, from where, as whom and for what. */
@Component(service = Admission.class)
public final class Admission {
  private final Transport transport;
  private final Peers peers;
  private final Callers callers;
  private final Limits limits;

  @Activate
  public Admission(
      @Reference Transport transport,
      @Reference Peers peers,
      @Reference Callers callers,
      @Reference Limits limits) {
    this.transport = transport;
    this.peers = peers;
    this.callers = callers;
    this.limits = limits;
  }

  /**
   * @throws ProblemException when the wire, the credentials or their scope do not do
   */
  Who admit(OriginalRequest request, Target target) {
    transport.require(request, target.tenant());
    Peer peer = peers.of(request, target.tenant());
    Optional<Caller> caller = callers.of(request, target, peer);
    caller.ifPresent(known -> Scopes.require(known, request.getMethod(), target.path()));
    return new Who(
        target.tenant().id(),
        caller,
        target.root(),
        Problems.requestId(request),
        peer,
        Hosts.plain(String.valueOf(request.getServerName())));
  }

  /**
   * Counts a POST to the base of a resource that is limited.
   *
   * @throws ProblemException 429 {@code too-many-attempts}
   */
  void count(Who who, Published resource, String method, String path) {
    if (resource.limited().isPresent() && method.equals("POST") && path.equals(resource.base())) {
      String account = who.caller().map(caller -> caller.account().value()).orElse("");
      limits.take(who.tenant(), resource.limited().get(), account, who.peer().limitKey());
    }
  }
}
