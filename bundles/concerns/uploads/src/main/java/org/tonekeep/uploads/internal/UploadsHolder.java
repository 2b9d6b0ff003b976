package org.tonekeep.uploads.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.uploads.internal.jpa.UploadStore;

/** The part of unfinished uploads in export and erasure. */
@Component(service = DataHolder.class)
public final class UploadsHolder implements DataHolder {
  private static final String CLASS = "upload";
  private static final int PAGE = 100;

  private final UploadStore store;
  private final Uploads uploads;

  @Activate
  public UploadsHolder(@Reference UploadStore store, @Reference Uploads uploads) {
    this.store = store;
    this.uploads = uploads;
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            CLASS,
            UploadsFeature.ID,
            "Uploads on their way: what the file is called, how much of it is here; the bytes are"
                + " in the vault",
            "To go on with an upload that was broken off",
            "Until it is finished or removed, at most uploads.keep"));
  }

  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    return Map.of(CLASS, all(tenant, account).stream().map(this::plain).toList());
  }

  private List<Upload> all(TenantId tenant, AccountId account) {
    List<Upload> all = new ArrayList<>();
    String after = "";
    List<Upload> page;
    do {
      page = store.ofOwner(tenant, account, after, PAGE);
      for (Upload upload : page) {
        all.add(upload);
        after = upload.id();
      }
    } while (page.size() == PAGE);
    return all;
  }

  private Map<String, Object> plain(Upload upload) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", upload.id());
    row.put("metadata", uploads.metadata(upload).values());
    row.put("receivedBytes", upload.received());
    if (upload.total() != null) {
      row.put("totalBytes", upload.total());
    }
    if (upload.track() != null) {
      row.put("track", upload.track());
    }
    row.put("createdAt", upload.createdAt().toString());
    row.put("expiresAt", upload.expiresAt().toString());
    return row;
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    for (Upload upload : all(tenant, account)) {
      uploads.remove(upload, Actor.platform(), "upload.erase", "");
    }
  }
}
