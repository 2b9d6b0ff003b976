package org.tonekeep.itests;

import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

/** Our own distribution with the test inside it. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerSuite.class)
public abstract class InContainer {
  private static final long PATIENCE_MILLIS = Duration.ofSeconds(120).toMillis();

  protected final HttpClient http = HttpClient.newHttpClient();

  @Inject protected BundleContext context;

  @Configuration
  public Option[] configuration() throws IOException {
    File work = new File(System.getProperty("tonekeep.work"), "exam-" + freePort());
    String localRepository = System.getProperty("tonekeep.localRepository");
    int port = freePort();
    return options(
        karafDistributionConfiguration()
            .frameworkUrl("file:" + System.getProperty("tonekeep.distribution"))
            .name("tonekeep")
            .unpackDirectory(new File(work, "karaf"))
            .useDeployFolder(false),
        configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
        keepRuntimeFolder(),
        vmOption("-Dtonekeep.data=" + new File(work, "data")),
        vmOption("-Dtonekeep.keys=" + new File(work, "keys")),
        vmOption("-Dtonekeep.http.port=" + port),
        vmOption("-Dtonekeep.ssh.port=" + freePort()),
        vmOption("-Djava.awt.headless=true"),
        vmOption("-Xmx768m"),
        editConfigurationFilePut(
            "etc/org.ops4j.pax.url.mvn.cfg",
            "org.ops4j.pax.url.mvn.defaultRepositories",
            "file:${karaf.home}/${karaf.default.repository}@id=system.repository@snapshots,"
                + "file:"
                + localRepository
                + "@id=m2@snapshots"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Waits for a service. */
  protected <T> T service(Class<T> type) throws InterruptedException {
    ServiceTracker<T, T> tracker = new ServiceTracker<>(context, type, null);
    tracker.open();
    T service = tracker.waitForService(PATIENCE_MILLIS);
    if (service == null) {
      throw new AssertionError("No service " + type.getName());
    }
    return service;
  }

  /** An address of the platform in this container. */
  protected URI address(String path) {
    return URI.create("http://127.0.0.1:" + System.getProperty("tonekeep.http.port") + path);
  }

  protected HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
