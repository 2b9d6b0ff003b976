package org.tonekeep.mail.internal;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.tonekeep.mail.api.MailSender;

/** Which adapters are here now, by name. */
@Component(service = SenderBoard.class)
public final class SenderBoard {
  private final Map<String, MailSender> senders = new ConcurrentHashMap<>();

  @Activate
  public SenderBoard() {}

  @Reference(
      service = MailSender.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addSender(MailSender sender, Map<String, Object> properties) {
    senders.put(name(properties), sender);
  }

  void removeSender(MailSender sender, Map<String, Object> properties) {
    // Only itself: an updated bundle may have put its successor here already.
    boolean unused = senders.remove(name(properties), sender);
  }

  private static String name(Map<String, Object> properties) {
    return String.valueOf(properties.get(MailSender.ADAPTER));
  }

  public Optional<MailSender> find(String adapter) {
    return Optional.ofNullable(senders.get(adapter));
  }

  /** Names of the adapters that are here, in order. */
  Set<String> names() {
    return new TreeSet<>(senders.keySet());
  }
}
