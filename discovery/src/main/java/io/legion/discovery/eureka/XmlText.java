package io.legion.discovery.eureka;

import io.legion.http.HttpException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The text of an XML document: in the encoding of its byte order mark, else in the one that it declares, else UTF-8.
///
/// The JDK's parser is not left to decode: of bytes that are no text it prints a line on the standard error stream,
/// as often as clients like.
final class XmlText {
    private static final Pattern DECLARED = Pattern.compile("^<\\?xml[^>]*\\sencoding\\s*=\\s*[\"']([^\"'>]+)[\"']");
    private static final int LONGEST_DECLARATION = 200;
    private static final String MARK = "\ufeff";

    private XmlText() {}

    /// @throws HttpException 400 if the bytes are no text in that encoding, or there is no such encoding
    static String of(byte[] body) {
        var encoding = encoding(body);
        try {
            var text = encoding.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
        } catch (CharacterCodingException malformed) {
            throw HttpException.badRequest("the body is not text in the encoding " + encoding);
        }
    }

    private static Charset encoding(byte[] body) {
        if (body.length >= 2 && (isMark(body[0], body[1]) || isMark(body[1], body[0]))) {
            return StandardCharsets.UTF_16; // which takes the order of bytes from the mark
        }
        var beginning = new String(body, 0, Math.min(body.length, LONGEST_DECLARATION), StandardCharsets.ISO_8859_1);
        var declared = DECLARED.matcher(beginning);
        return declared.find() ? named(declared.group(1)) : StandardCharsets.UTF_8;
    }

    private static boolean isMark(byte first, byte second) {
        return first == (byte) 0xfe && second == (byte) 0xff;
    }

    private static Charset named(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException unknown) {
            throw HttpException.badRequest("the body declares an encoding that is not known");
        }
    }
}
