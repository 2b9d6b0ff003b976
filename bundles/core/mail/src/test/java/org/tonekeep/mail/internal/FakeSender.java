package org.tonekeep.mail.internal;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.tonekeep.mail.api.Mail;
import org.tonekeep.mail.api.MailSender;
import org.tonekeep.tenant.api.TenantId;

/** An adapter that takes mails, or fails as it is told. */
final class FakeSender implements MailSender {
  /** A mail with its tenant. */
  record Taken(TenantId tenant, Mail mail) {}

  final List<Taken> taken = new CopyOnWriteArrayList<>();
  final AtomicInteger tries = new AtomicInteger();
  volatile @Nullable IOException failure;
  volatile Runnable afterwards = () -> {};

  @Override
  public void send(TenantId tenant, Mail mail) throws IOException {
    int unused = tries.incrementAndGet();
    IOException now = failure;
    if (now != null) {
      throw now;
    }
    taken.add(new Taken(tenant, mail));
    afterwards.run();
  }

  List<Mail> mails() {
    return taken.stream().map(Taken::mail).toList();
  }
}
