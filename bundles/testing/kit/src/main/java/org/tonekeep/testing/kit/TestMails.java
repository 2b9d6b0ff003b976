package org.tonekeep.testing.kit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tonekeep.mail.api.Letter;
import org.tonekeep.mail.api.Mails;
import org.tonekeep.tenant.api.TenantId;

/** Remembers the letters that were queued, in order; knows no transactions. */
public final class TestMails implements Mails {
  /** A letter with its tenant. */
  public record Queued(TenantId tenant, Letter letter) {}

  private final List<Queued> queued = new CopyOnWriteArrayList<>();

  private volatile boolean refusing;

  /** From now on no letter is taken, as at a site without a host. */
  public void refuse(boolean all) {
    refusing = all;
  }

  @Override
  public void send(TenantId tenant, Letter letter) {
    if (refusing) {
      throw new IllegalStateException("No letter is taken");
    }
    queued.add(new Queued(tenant, letter));
  }

  public List<Queued> queued() {
    return List.copyOf(queued);
  }

  /** The newest letter of the template; fails when there is none. */
  public Letter last(String template) {
    return queued.stream()
        .map(Queued::letter)
        .filter(letter -> letter.template().equals(template))
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError("No letter " + template + " was queued"));
  }
}
