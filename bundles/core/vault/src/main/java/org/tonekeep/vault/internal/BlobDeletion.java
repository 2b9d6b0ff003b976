package org.tonekeep.vault.internal;

import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobContext;
import org.tonekeep.jobs.api.JobFailedException;
import org.tonekeep.jobs.api.JobHandler;
import org.tonekeep.storage.api.BlobKey;

/**
 * Deletes the bytes of a forgotten blob. Idempotent. While the adapter is away the job waits and no
 * attempt is counted, however long that takes; other failures of the store are tried again.
 */
@Component(service = JobHandler.class)
public final class BlobDeletion implements JobHandler {
  static final String KIND = "core.blob-delete";

  /** Payload: the adapter in which the bytes lie. */
  static final String ADAPTER = "adapter";

  private final StoreBoard stores;
  private final BlobRemoval removal;

  @Activate
  public BlobDeletion(@Reference StoreBoard stores, @Reference BlobRemoval removal) {
    this.stores = stores;
    this.removal = removal;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(JobContext context) throws IOException {
    Job job = context.job();
    BlobKey key = key(job);
    String adapter = job.request().payload().get(ADAPTER);
    if (adapter == null) {
      throw new JobFailedException("The job does not say where the bytes lie");
    }
    BlobRemoval.Outcome outcome =
        removal.remove(job.tenant(), key, adapter, stores.require(adapter));
    if (outcome == BlobRemoval.Outcome.REMEMBERED) {
      throw new JobFailedException("The blob is remembered: its bytes stay");
    }
  }

  private static BlobKey key(Job job) {
    String[] parts = job.request().subject().split("/", -1);
    if (parts.length != 4 || !parts[0].equals(job.tenant().value())) {
      throw new JobFailedException("The job names no blob of its tenant");
    }
    return new BlobKey(job.tenant(), parts[1], parts[2], parts[3]);
  }
}
