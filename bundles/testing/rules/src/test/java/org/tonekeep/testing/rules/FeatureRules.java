package org.tonekeep.testing.rules;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Who implements what is known only to {@code features/}: one feature per concern, adapter and
 * optional face; presets list features.
 *
 * @param house the tree
 */
record FeatureRules(House house) {
  static final String PRODUCT = "features/product/src/main/feature/feature.xml";
  static final String PLATFORM = "features/platform/src/main/feature/feature.xml";
  private static final Pattern BUNDLE = Pattern.compile("mvn:org\\.tonekeep/([a-z0-9-]+)/.*");
  private static final String CORE = "tonekeep-core";

  Map<String, List<String>> all() {
    return Map.of(
        "each bundle is in exactly one Karaf feature", once(),
        "a feature has the one bundle of its name, a preset has features only", shapes(),
        "the platform's features have no bundle of ours", platform());
  }

  List<String> once() {
    Map<String, List<String>> features = bundlesByFeature(PRODUCT);
    List<String> wrong = new ArrayList<>();
    for (Room room : house.shipped()) {
      List<String> holding =
          features.entrySet().stream()
              .filter(f -> f.getValue().contains(room.artifact()))
              .map(Map.Entry::getKey)
              .toList();
      if (holding.size() != 1) {
        wrong.add(room.address() + " is in the features " + holding);
      }
    }
    List<String> known = house.shipped().stream().map(Room::artifact).toList();
    features.forEach(
        (feature, bundles) ->
            bundles.stream()
                .filter(b -> !known.contains(b))
                .forEach(b -> wrong.add("feature " + feature + " lists the unknown " + b)));
    return wrong;
  }

  List<String> shapes() {
    List<String> wrong = new ArrayList<>();
    Set<String> fixed = Set.of("api", "core");
    bundlesByFeature(PRODUCT)
        .forEach(
            (feature, bundles) -> {
              boolean preset =
                  house.shipped().stream().noneMatch(r -> r.artifact().equals(feature));
              if (feature.equals(CORE)) {
                house.shipped().stream()
                    .filter(r -> bundles.contains(r.artifact()))
                    .filter(r -> !fixed.contains(r.floor()) && !r.floor().equals("faces"))
                    .forEach(r -> wrong.add(CORE + " holds " + r.address()));
              } else if (preset && !bundles.isEmpty()) {
                wrong.add("preset " + feature + " lists bundles " + bundles);
              } else if (!preset && !bundles.equals(List.of(feature))) {
                wrong.add("feature " + feature + " holds " + bundles);
              }
            });
    return wrong;
  }

  List<String> platform() {
    List<String> wrong = new ArrayList<>();
    bundlesByFeature(PLATFORM)
        .forEach((feature, bundles) -> bundles.forEach(b -> wrong.add(feature + " holds " + b)));
    return wrong;
  }

  /** Our artifacts by the feature that lists them. */
  private Map<String, List<String>> bundlesByFeature(String file) {
    Map<String, List<String>> features = new TreeMap<>();
    NodeList nodes = parse(House.text(house.root().resolve(file))).getElementsByTagName("feature");
    for (int i = 0; i < nodes.getLength(); i++) {
      Element feature = (Element) nodes.item(i);
      if (feature.hasAttribute("name")) {
        features.put(feature.getAttribute("name"), bundles(feature));
      }
    }
    return features;
  }

  private static List<String> bundles(Element feature) {
    List<String> bundles = new ArrayList<>();
    for (Node n = feature.getFirstChild(); n != null; n = n.getNextSibling()) {
      Matcher bundle = BUNDLE.matcher(n.getTextContent().strip());
      if (n.getNodeName().equals("bundle") && bundle.matches()) {
        bundles.add(bundle.group(1));
      }
    }
    return bundles;
  }

  private static Element parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)))
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException("A features file cannot be read", e);
    }
  }
}
