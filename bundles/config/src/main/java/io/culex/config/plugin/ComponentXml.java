// SPDX-License-Identifier: Apache-2.0
package io.culex.config.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What a component description (Declarative Services, XML) says that matters here.
 *
 * @param pid under which it is configured
 * @param requiresConfiguration whether it lives by configurations only
 * @param services the interfaces that it offers
 */
record ComponentXml(String pid, boolean requiresConfiguration, List<String> services) {
    static List<ComponentXml> read(InputStream in) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            Document document = factory.newDocumentBuilder().parse(in);
            List<ComponentXml> components = new ArrayList<>();
            for (Element component : elements(document.getElementsByTagNameNS("*", "component"))) {
                components.add(of(component));
            }
            return components;
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException("its component description is not valid: " + e.getMessage(), e);
        }
    }

    private static ComponentXml of(Element component) {
        String name = component.getAttribute("name");
        if (name.isEmpty()) {
            for (Element implementation : elements(component.getElementsByTagName("implementation"))) {
                name = implementation.getAttribute("class");
            }
        }
        String pid = component.getAttribute("configuration-pid").strip().split(" ", -1)[0];
        List<String> services = elements(component.getElementsByTagName("provide")).stream()
                .map(provide -> provide.getAttribute("interface"))
                .toList();
        return new ComponentXml(
                pid.isEmpty() || pid.equals("$") ? name : pid,
                component.getAttribute("configuration-policy").equals("require"),
                services);
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
