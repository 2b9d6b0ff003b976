package org.tonekeep.storage.s3.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What the real test server lacks, as Backblaze and Amazon do it: versions and delete markers, the
 * header for encryption, and (when told) no {@code If-None-Match}. It keeps lengths, not bytes, and
 * checks no signatures.
 */
final class FakeBucket implements AutoCloseable {
  /** One version of an object; a marker hides the ones before it. */
  record Version(String id, long length, boolean marker, Map<String, String> metadata) {}

  /** An upload whose parts come. */
  record Pending(String object, Map<String, String> metadata, Map<Integer, Long> parts) {}

  final Map<String, Deque<Version>> objects = new TreeMap<>();
  final Map<String, Pending> uploads = new HashMap<>();
  final List<String> asked = new ArrayList<>();
  final List<String> encryptions = new ArrayList<>();
  boolean conditional = true;
  boolean listsVersions = true;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private int ids;

  FakeBucket() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  Bucket bucket() {
    return S3Server.bucket(S3Server.settings(server.getAddress().getPort(), "fake"));
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      long length = drain(exchange.getRequestBody());
      synchronized (this) {
        Map<String, String> query = query(exchange);
        String object = exchange.getRequestURI().getPath().replaceFirst("^/fake/?", "");
        asked.add(exchange.getRequestMethod() + " " + query.keySet());
        switch (exchange.getRequestMethod()) {
          case "HEAD" -> head(exchange, object);
          case "PUT" -> put(exchange, object, query, length);
          case "POST" -> post(exchange, object, query);
          case "DELETE" -> delete(exchange, object, query);
          default -> list(exchange, query);
        }
      }
    }
  }

  private static long drain(InputStream in) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long all = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      all += n;
    }
    return all;
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new TreeMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8));
    }
    return query;
  }

  private Deque<Version> versions(String object) {
    return objects.computeIfAbsent(object, o -> new ArrayDeque<>());
  }

  private boolean visible(String object) {
    Version last = versions(object).peekLast();
    return last != null && !last.marker();
  }

  private void head(HttpExchange exchange, String object) throws IOException {
    if (object.isEmpty()) {
      answer(exchange, 200, "");
      return;
    }
    if (!visible(object)) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    Version last = versions(object).getLast();
    Headers headers = exchange.getResponseHeaders();
    last.metadata().forEach(headers::set);
    headers.set("Content-Length", Long.toString(last.length()));
    headers.set("Last-Modified", "Wed, 12 Oct 2022 17:50:00 GMT");
    headers.set("x-amz-version-id", last.id());
    headers.set("ETag", "\"" + last.id() + "\"");
    exchange.sendResponseHeaders(200, -1);
  }

  private Map<String, String> written(HttpExchange exchange) {
    Map<String, String> metadata = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (name.toLowerCase(java.util.Locale.ROOT).startsWith("x-amz-meta-")) {
                metadata.put(name, values.get(0));
              }
            });
    encryptions.add(
        String.valueOf(exchange.getRequestHeaders().getFirst("x-amz-server-side-encryption")));
    return metadata;
  }

  /** Whether a write may not go on; then it was answered. */
  private boolean refused(HttpExchange exchange, String object) throws IOException {
    if (!exchange.getRequestHeaders().containsKey("If-None-Match")) {
      return false;
    }
    if (!conditional) {
      answer(exchange, 501, "<Error><Code>NotImplemented</Code></Error>");
    } else if (visible(object)) {
      answer(exchange, 412, "<Error><Code>PreconditionFailed</Code></Error>");
    }
    return !conditional || visible(object);
  }

  private void put(HttpExchange exchange, String object, Map<String, String> query, long length)
      throws IOException {
    if (query.containsKey("partNumber")) {
      Pending pending = uploads.get(query.get("uploadId"));
      var unused = pending.parts().put(Integer.valueOf(query.get("partNumber")), length);
      exchange.getResponseHeaders().set("ETag", "\"part\"");
      answer(exchange, 200, "");
      return;
    }
    if (!refused(exchange, object)) {
      versions(object).add(new Version("v" + ids++, length, false, written(exchange)));
      exchange.getResponseHeaders().set("ETag", "\"whole\"");
      answer(exchange, 200, "");
    }
  }

  private void post(HttpExchange exchange, String object, Map<String, String> query)
      throws IOException {
    if (query.containsKey("uploads")) {
      String id = "u" + ids++;
      uploads.put(id, new Pending(object, written(exchange), new TreeMap<>()));
      answer(exchange, 200, "<R><Key>" + object + "</Key><UploadId>" + id + "</UploadId></R>");
      return;
    }
    if (!refused(exchange, object)) {
      Pending done = uploads.remove(query.get("uploadId"));
      long length = done.parts().values().stream().mapToLong(Long::longValue).sum();
      versions(object).add(new Version("v" + ids++, length, false, done.metadata()));
      answer(exchange, 200, "<R><ETag>\"many\"</ETag></R>");
    }
  }

  private void delete(HttpExchange exchange, String object, Map<String, String> query)
      throws IOException {
    if (query.containsKey("uploadId")) {
      uploads.remove(query.get("uploadId"));
    } else if (query.containsKey("versionId")) {
      versions(object).removeIf(v -> v.id().equals(query.get("versionId")));
    } else if (listsVersions) {
      versions(object).add(new Version("m" + ids++, 0, true, Map.of()));
    } else {
      versions(object).clear();
    }
    exchange.sendResponseHeaders(204, -1);
  }

  private void list(HttpExchange exchange, Map<String, String> query) throws IOException {
    if (query.containsKey("versions") && !listsVersions) {
      answer(exchange, 501, "<Error><Code>NotImplemented</Code></Error>");
      return;
    }
    String prefix = query.getOrDefault("prefix", "");
    StringBuilder xml = new StringBuilder("<R><Prefix>" + prefix + "</Prefix>");
    objects.forEach(
        (object, all) -> {
          if (object.startsWith(prefix) && query.containsKey("versions")) {
            all.forEach(
                v -> {
                  String tag = v.marker() ? "DeleteMarker" : "Version";
                  xml.append("<" + tag + "><Key>" + object + "</Key><VersionId>" + v.id());
                  xml.append("</VersionId></" + tag + ">");
                });
          } else if (object.startsWith(prefix) && visible(object)) {
            xml.append("<Contents><Key>" + object + "</Key></Contents>");
          }
        });
    answer(exchange, 200, xml + "</R>");
  }

  private static void answer(HttpExchange exchange, int status, String xml) throws IOException {
    byte[] bytes = xml.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
