import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Adds up the reports of Surefire and Failsafe, and fails on a skipped test that nobody explained.
 *
 * <p>{@code java Totals.java ROOT ALLOWED_SKIPS MARKER}: reports under ROOT that are not older than the file MARKER. A line of
 * ALLOWED_SKIPS is {@code fully.qualified.Class#method  reason}, with {@code #*} for all methods. The last line has the totals.
 */
public final class Totals {
  private final Map<String, String> allowed;
  private final Set<String> unexplained = new TreeSet<>();
  private final Set<String> broken = new TreeSet<>();
  private int passed;
  private int skipped;

  private Totals(Map<String, String> allowed) {
    this.allowed = allowed;
  }

  public static void main(String[] args) throws IOException, ParserConfigurationException {
    Path root = Path.of(args[0]);
    Totals totals = new Totals(allowed(Path.of(args[1])));
    List<Path> reports = reports(root, Files.getLastModifiedTime(Path.of(args[2])));
    for (Path report : reports) {
      totals.add(report);
    }
    boolean good = totals.tell(reports.isEmpty());
    System.exit(good ? 0 : 1);
  }

  /** Reasons by {@code class#method}. */
  private static Map<String, String> allowed(Path file) throws IOException {
    Map<String, String> allowed = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      String[] parts = text.split("\\s+", 2);
      if (parts.length != 2 || !parts[0].matches("[\\w.$]+#(\\*|\\S+)")) {
        throw new IllegalArgumentException(
            file.getFileName() + ": a line is 'fully.qualified.Class#method  reason', not: " + text);
      }
      allowed.put(parts[0], parts[1]);
    }
    return allowed;
  }

  private static List<Path> reports(Path root, FileTime since) throws IOException {
    List<Path> reports = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean hidden = !folder.equals(root) && folder.getFileName().toString().startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String folder = file.getParent().getFileName().toString();
            String name = file.getFileName().toString();
            if ((folder.equals("surefire-reports") || folder.equals("failsafe-reports"))
                && file.getParent().getParent().endsWith("target")
                && name.startsWith("TEST-")
                && name.endsWith(".xml")
                && attributes.lastModifiedTime().compareTo(since) >= 0) {
              reports.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            // A test's work folder may vanish while we look.
            return FileVisitResult.CONTINUE;
          }
        });
    return reports;
  }

  private void add(Path report) throws IOException, ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    DocumentBuilder builder = factory.newDocumentBuilder();
    builder.setErrorHandler(null);
    NodeList cases;
    try {
      cases = builder.parse(report.toFile()).getElementsByTagName("testcase");
    } catch (SAXException e) {
      // A fork that died leaves half a report: that is a failure, not nothing.
      broken.add(report + " cannot be read");
      return;
    }
    for (int i = 0; i < cases.getLength(); i++) {
      Element one = (Element) cases.item(i);
      String name = one.getAttribute("classname") + "#" + one.getAttribute("name");
      if (has(one, "failure") || has(one, "error")) {
        broken.add(name);
      } else if (has(one, "skipped")) {
        skipped++;
        explain(one.getAttribute("classname"), one.getAttribute("name"));
      } else {
        passed++;
      }
    }
  }

  private static boolean has(Element test, String child) {
    return test.getElementsByTagName(child).getLength() > 0;
  }

  private void explain(String type, String method) {
    // Parameterized tests: shouldDoIt[DERBY]. A skipped class has no method.
    String plain = method.replaceAll("\\[.*", "");
    if (!allowed.containsKey(type + "#*")
        && !allowed.containsKey(type + "#" + method)
        && !allowed.containsKey(type + "#" + plain)) {
      unexplained.add(type + "#" + method);
    }
  }

  private boolean tell(boolean nothing) {
    System.out.println();
    broken.forEach(name -> System.out.println("failed: " + name));
    unexplained.forEach(name -> System.out.println("skipped, but not in .ci/allowed-skips: " + name));
    if (nothing) {
      System.out.println("there are no test reports of this run");
    }
    System.out.println(passed + " passed, " + broken.size() + " failed, " + skipped + " skipped");
    return broken.isEmpty() && unexplained.isEmpty() && !nothing;
  }
}
