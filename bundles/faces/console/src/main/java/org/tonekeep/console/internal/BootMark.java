package org.tonekeep.console.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.features.BootFinished;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Leaves {@code boot.done} in Karaf's data folder once all boot features are installed. A start
 * that finds none drops the bundle cache first ({@code bin/setenv}): a cache that was cut off
 * half-way would never come up again.
 */
@Component(service = BootMark.class, immediate = true)
public final class BootMark {
  @Activate
  public BootMark(BundleContext context, @Reference BootFinished finished) throws IOException {
    String data = context.getProperty("karaf.data");
    if (data == null) {
      throw new IOException("The framework does not say where karaf.data is");
    }
    Path mark = Path.of(data, "boot.done");
    if (!Files.exists(mark)) {
      Files.createFile(mark);
    }
  }
}
