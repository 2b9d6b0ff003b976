package org.tonekeep.catalog.api;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.tenant.api.TenantId;

/** How a bundle that receives audio makes a track of it. */
@ProviderType
public interface TrackIntake {
  /**
   * Cleans and checks texts before anything is read. A track without a title is called after its
   * file, or Untitled.
   *
   * @param fileName with or without folders and ending; may be empty
   * @throws org.tonekeep.rest.api.ProblemException 422 naming the texts that are wrong
   */
  TrackTexts describe(
      @Nullable String title, @Nullable String artist, @Nullable String genre, String fileName);

  /**
   * Makes a track of bytes that the vault has received and not recorded: the blob's record, the
   * track and the first job of each feature that processes tracks. Joins the running transaction;
   * when that rolls back, the caller abandons the blob.
   *
   * @throws org.tonekeep.storage.api.QuotaExceededException when there is no room for it any more
   */
  Track put(TenantId tenant, AccountId owner, Blob blob, TrackTexts texts);
}
