package org.tonekeep.mail.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.tonekeep.mail.api.MailTemplate;
import org.tonekeep.mail.api.MailTemplates;

/** The templates that running bundles registered. */
@Component(service = TemplateBoard.class)
public final class TemplateBoard {
  private final List<MailTemplates> services = new CopyOnWriteArrayList<>();

  @Activate
  public TemplateBoard() {}

  @Reference(
      service = MailTemplates.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addTemplates(MailTemplates added) {
    services.add(added);
  }

  void removeTemplates(MailTemplates removed) {
    services.remove(removed);
  }

  Optional<MailTemplate> find(String id) {
    return all().stream().filter(t -> t.id().equals(id)).findFirst();
  }

  /** All of them. */
  List<MailTemplate> all() {
    return services.stream().flatMap(s -> s.templates().stream()).toList();
  }
}
