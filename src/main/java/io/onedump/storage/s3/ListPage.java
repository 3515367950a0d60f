package io.onedump.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import io.onedump.artifact.IsoInstant;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * A page of a list of objects, as the server says it; any of it may be missing.
 *
 * @param name      of the bucket
 * @param truncated whether there are more pages
 * @param next      what the next one is asked for by
 */
record ListPage(String name, Boolean truncated, String next, List<Item> items) {

    /** Of an answer that is something else. */
    static final ListPage NONE = new ListPage(null, null, null, List.of());

    /** An object in the list. */
    record Item(String key, Long size, Instant modified, String tag) {
    }

    static ListPage of(ListObjectsV2Response response) {
        return new ListPage(response.name(), response.isTruncated(), response.nextContinuationToken(),
                response.contents().stream().map(object -> new Item(object.key(), object.size(),
                        object.lastModified(), object.eTag())).toList());
    }

    boolean isList() {
        return name != null || truncated != null || !items.isEmpty();
    }

    /**
     * Reads a {@code ListBucketResult}.
     *
     * @see         <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</a>
     * @throws IOException when it is no XML, or ends too early
     */
    static ListPage parse(InputStream in) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            return nextChild(xml) && xml.getLocalName().equals("ListBucketResult") ? parse(xml) : NONE;
        } catch (XMLStreamException e) {
            throw e.getNestedException() instanceof IOException failure ? failure : new IOException(e.getMessage(), e);
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static ListPage parse(XMLStreamReader xml) throws XMLStreamException {
        String name = null;
        Boolean truncated = null;
        String next = null;
        boolean encoded = false;
        List<Item> items = new ArrayList<>();
        while (nextChild(xml)) {
            switch (xml.getLocalName()) {
                case "Contents" -> items.add(item(xml));
                case "Name" -> name = xml.getElementText();
                case "IsTruncated" -> truncated = Boolean.valueOf(xml.getElementText());
                case "NextContinuationToken" -> next = xml.getElementText();
                case "EncodingType" -> encoded = xml.getElementText().equals("url");
                default -> skip(xml);
            }
        }
        if (encoded) {
            items.replaceAll(item -> item.key() == null
                    ? item
                    : new Item(decoded(item.key()), item.size(), item.modified(), item.tag()));
        }
        return new ListPage(name, truncated, next, items);
    }

    private static Item item(XMLStreamReader xml) throws XMLStreamException {
        String key = null;
        Long size = null;
        Instant modified = null;
        String tag = null;
        while (nextChild(xml)) {
            switch (xml.getLocalName()) {
                case "Key" -> key = xml.getElementText();
                case "Size" -> size = Long.valueOf(xml.getElementText());
                case "LastModified" -> modified = IsoInstant.parse(xml.getElementText());
                case "ETag" -> tag = xml.getElementText();
                default -> skip(xml);
            }
        }
        return new Item(key, size, modified, tag);
    }

    private static String decoded(String key) {
        return key.indexOf('%') < 0 && key.indexOf('+') < 0 ? key : URLDecoder.decode(key, StandardCharsets.UTF_8);
    }

    /** False at the end of the element that it is in. */
    private static boolean nextChild(XMLStreamReader xml) throws XMLStreamException {
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> {
                    return false;
                }
                default -> {
                    // Texts, comments and what else stands between elements.
                }
            }
        }
    }

    private static void skip(XMLStreamReader xml) throws XMLStreamException {
        while (nextChild(xml)) {
            skip(xml);
        }
    }
}
