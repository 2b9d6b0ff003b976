package org.tonekeep.crypto.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where keys lie, PID {@code org.tonekeep.crypto}. */
@ObjectClassDefinition(name = "Tonekeep keys", description = "Where wrapped keys lie")
public @interface CryptoConfig {
  @AttributeDefinition(description = "files or database")
  String keys_store() default "files";
}
