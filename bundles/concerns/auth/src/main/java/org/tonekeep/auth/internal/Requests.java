package org.tonekeep.auth.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.auth.internal.jpa.RequestStore;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * Keeps what strangers ask for until a job sees to it. The answer has gone out by then: it cannot
 * depend on whether the address is known, nor can the time that it takes.
 */
@Component(service = Requests.class)
public final class Requests {
  static final String KIND = "auth.request";

  private static final String PURPOSE = "auth.request";
  private static final Duration LONGEST = Duration.ofDays(1);

  private final RequestStore store;
  private final Jobs jobs;
  private final KeyRing keys;
  private final Tenants tenants;
  private final Tx tx;
  private final Clock clock;

  @Activate
  public Requests(
      @Reference RequestStore store,
      @Reference Jobs jobs,
      @Reference KeyRing keys,
      @Reference Tenants tenants,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.store = store;
    this.jobs = jobs;
    this.keys = keys;
    this.tenants = tenants;
    this.tx = tx;
    this.clock = clock;
  }

  /** What is asked for. */
  enum Want {
    ACCOUNT,
    PASSWORD
  }

  /**
   * A request.
   *
   * @param words what it says, in the order that its handler knows
   */
  record Asked(Want want, List<String> words) {
    Asked {
      words = List.copyOf(words);
    }

    @Override
    public String toString() {
      return "Asked[" + want + "]";
    }
  }

  /** Keeps a request, sealed, and the job that sees to it. */
  void submit(TenantId tenant, Asked asked) {
    String id = Ids.next(clock);
    String body =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(keys.seal(tenant, PURPOSE, written(asked)));
    tx.run(
        tenant,
        () -> {
          store.insert(tenant, id, body, clock.instant());
          JobId unused = jobs.enqueue(tenant, new JobRequest("", KIND, id, Map.of()));
        });
  }

  Optional<Asked> find(TenantId tenant, String id) {
    return store
        .find(tenant, id)
        .map(body -> read(keys.open(tenant, PURPOSE, Base64.getUrlDecoder().decode(body))));
  }

  void remove(TenantId tenant, String id) {
    store.remove(tenant, id);
  }

  /** Removes what no job has seen to for a day. */
  void purge() {
    for (Tenant tenant : tenants.all()) {
      store.purge(tenant.id(), clock.instant().minus(LONGEST));
    }
  }

  private static byte[] written(Asked asked) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(asked.want().name());
      out.writeByte(asked.words().size());
      for (String word : asked.words()) {
        out.writeUTF(word);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Asked read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Want want = Want.valueOf(in.readUTF());
      List<String> words = new ArrayList<>();
      for (int left = in.readByte(); left > 0; left--) {
        words.add(in.readUTF());
      }
      return new Asked(want, words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
