package org.tonekeep.itests;

import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.doNotModifyLogConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import javax.inject.Inject;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerSuite;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** Our own distribution with the test inside it: the services, the bundles, and HTTP. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerSuite.class)
public abstract class InContainer {
  private static final long PATIENCE_MILLIS = Duration.ofMinutes(2).toMillis();

  private static Path example;

  @Inject protected BundleContext context;

  /**
   * Runs outside of the container. The options of {@code bin/karaf} that Pax Exam does not give are
   * given here; our log stays as it is delivered, since a test reads it.
   */
  @Configuration
  public Option[] configuration() throws IOException {
    int port = freePort();
    File work = new File(System.getProperty("tonekeep.work"), "exam-" + port);
    return options(
        karafDistributionConfiguration()
            .frameworkUrl("file:" + System.getProperty("tonekeep.distribution"))
            .name("tonekeep")
            .unpackDirectory(new File(work, "karaf")),
        configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
        doNotModifyLogConfiguration(),
        keepRuntimeFolder(),
        vmOption("-Dtonekeep.data=" + new File(work, "data")),
        vmOption("-Dtonekeep.keys=" + new File(work, "keys")),
        vmOption("-Dtonekeep.http.port=" + port),
        vmOption("-Dtonekeep.ssh.port=" + freePort()),
        vmOption("-Dtonekeep.example=" + example(work)),
        vmOption("-Djdk.httpclient.allowRestrictedHeaders=host"),
        vmOption("-Djava.awt.headless=true"),
        vmOption("-Xmx768m"),
        vmOption("--patch-module=java.base=" + specs("locator")),
        vmOption("--patch-module=java.xml=" + specs("java.xml")),
        vmOption("--add-reads=java.xml=java.logging"),
        vmOption("--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED"),
        editConfigurationFilePut(
            "etc/org.ops4j.pax.url.mvn.cfg",
            "org.ops4j.pax.url.mvn.defaultRepositories",
            "file:${karaf.home}/${karaf.default.repository}@id=system.repository@snapshots,"
                + "file:"
                + System.getProperty("tonekeep.localRepository")
                + "@id=m2@snapshots"));
  }

  /** Built once: every class of the suite asks for its configuration. */
  private static synchronized Path example(File work) throws IOException {
    if (example == null) {
      Path project = Path.of(System.getProperty("tonekeep.root"), "bundles/testing/example");
      Path repository = Path.of(System.getProperty("tonekeep.localRepository"));
      example = new ExampleBundle(project, repository).build(work.toPath().resolve("example"));
    }
    return example;
  }

  private static String specs(String name) {
    String version = System.getProperty("tonekeep.karaf");
    return "lib/endorsed/org.apache.karaf.specs." + name + "-" + version + ".jar";
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Waits for a service and gives it as it is now: after a bundle's update it is another. */
  protected <T> T service(Class<T> type) throws InterruptedException {
    ServiceTracker<T, T> tracker = new ServiceTracker<>(context, type, null);
    tracker.open();
    try {
      T service = tracker.waitForService(PATIENCE_MILLIS);
      if (service == null) {
        throw new AssertionError("No service " + type.getName());
      }
      return service;
    } finally {
      tracker.close();
    }
  }

  /** The product's bundles in this container. */
  protected Bundles bundles() {
    return new Bundles(context);
  }
}
