package org.tonekeep.auth.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.tenant.api.TenantId;

/** A key ring without a file: a different key for each tenant and purpose. */
public final class TestKeys implements KeyRing {
  @Override
  public byte[] mac(TenantId tenant, String purpose, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = (tenant + "|" + purpose).getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
