package org.kiban.logship.destination;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.kiban.logship.tls.TestNode;
import org.opensearch.search.SearchHit;

/**
 * A real OpenSearch as a program that can be killed: {@code OpenSearchProgram <directory> <port>},
 * where {@code <directory>/client/ca.pem} is the authority of those who may come. Its own
 * certificate is {@code <directory>/search/ca.pem}. Says "ready"; {@code dump <indices> <file>} on
 * its input writes stream, offset and message of each document.
 */
public final class OpenSearchProgram {

  private OpenSearchProgram() {}

  /** Runs until its input ends, or it is killed. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    TestNode server = new TestNode("search", directory.resolve("search"));
    if (!Files.exists(server.key())) {
      TestNode.in(directory, server.name());
    }
    TestNode client = new TestNode("client", directory.resolve("client"));
    int port = Integer.parseInt(arguments[1]);
    try (OpenSearchNode node =
            OpenSearchNode.start(directory.resolve("data"), server, client, port);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", 3);
        dump(node, words[1], Path.of(words[2]));
      }
    }
  }

  private static void dump(OpenSearchNode node, String indices, Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    List<SearchHit> page = node.page(indices, new Object[0]);
    while (!page.isEmpty()) {
      for (SearchHit hit : page) {
        text.append(hit.getSortValues()[0]).append(' ').append(hit.getSortValues()[1]);
        text.append(' ').append(hit.getSourceAsMap().get("message")).append('\n');
      }
      page = node.page(indices, page.get(page.size() - 1).getSortValues());
    }
    Path beside = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
