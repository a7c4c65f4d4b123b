import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.monitor.MatchingQueries;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorConfiguration;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.Presearcher;
import org.apache.lucene.monitor.QueryMatch;
import org.apache.lucene.monitor.TermFilteredPresearcher;
import org.apache.lucene.monitor.TermWeightor;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.spans.SpanNearQuery;
import org.apache.lucene.search.spans.SpanQuery;
import org.apache.lucene.search.spans.SpanTermQuery;

/**
 * Lucene Monitor over what lemmatised.py wrote: Bench QUERIES DOCUMENTS MATCHES [FREQUENCIES].
 *
 * <p>Registers all queries, matches every document in rounds, so that the machine is warm, then prints, as "name value" lines,
 * the CPU time of the thread per document (least over the rounds, mean over the documents) and what a new query costs, and
 * writes the numbers of the matched queries to MATCHES, a line per document. With FREQUENCIES ("lemma count" lines) its
 * presearcher files queries under their rarest term, else, its default, under their longest.
 */
public class Bench {
  private static final int LEAST_ROUNDS = 6, MOST_ROUNDS = 30;
  private static final double MOST_SECONDS = 60;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Lemmas of a text: alternatives at one place split by |, "-" where no query asks for the word, "#n" a gap of n. */
  private static final class Lemmas extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private final String[] places;
    private final int end;
    private int at;
    private String[] here = {};
    private int next;

    Lemmas(String[] places, int from, int end) {
      this.places = places;
      this.at = from;
      this.end = end;
    }

    @Override
    public boolean incrementToken() {
      clearAttributes();
      if (next < here.length) {
        term.append(here[next++]);
        increment.setPositionIncrement(0);
        return true;
      }
      int gap = 0;
      while (at < end) {
        String place = places[at++];
        if (place.charAt(0) == '#') {
          gap += Integer.parseInt(place.substring(1));
          continue;
        }
        gap++;
        if (place.equals("-")) continue;
        here = place.split("\\|");
        next = 1;
        term.append(here[0]);
        increment.setPositionIncrement(gap);
        return true;
      }
      return false;
    }
  }

  /** Reads one query in prefix notation. */
  private static final class Parser {
    private final String[] words;
    private int at = 1;

    Parser(String line) {
      words = line.split(" ");
    }

    Query query() {
      String kind = words[at++];
      switch (kind) {
        case "word": return new TermQuery(new Term("body", words[at++]));
        case "title": return new TermQuery(new Term("title", words[at++]));
        case "language": return new TermQuery(new Term("language", words[at++]));
        case "source": return new TermQuery(new Term("source", words[at++]));
        case "phrase": {
          PhraseQuery.Builder phrase = new PhraseQuery.Builder();
          for (int left = Integer.parseInt(words[at++]); left > 0; left--) phrase.add(new Term("body", words[at++]));
          return phrase.build();
        }
        case "near": {
          int within = Integer.parseInt(words[at++]);
          SpanQuery one = new SpanTermQuery(new Term("body", words[at++]));
          SpanQuery other = new SpanTermQuery(new Term("body", words[at++]));
          return new SpanNearQuery(new SpanQuery[] {one, other}, within, false);
        }
        case "all": return parts(BooleanClause.Occur.MUST);
        case "any": return parts(BooleanClause.Occur.SHOULD);
        default: throw new IllegalStateException(kind);
      }
    }

    private Query parts(BooleanClause.Occur occur) {
      BooleanQuery.Builder parts = new BooleanQuery.Builder();
      for (int left = Integer.parseInt(words[at++]); left > 0; left--) {
        boolean without = words[at].equals("not");
        if (without) at++;
        parts.add(query(), without ? BooleanClause.Occur.MUST_NOT : occur);
      }
      return parts.build();
    }
  }

  /** "language source places-of-the-title place..." */
  private static Document document(String line) {
    String[] words = line.split(" ");
    int title = Integer.parseInt(words[2]);
    Document document = new Document();
    document.add(new TextField("body", new Lemmas(words, 3, words.length)));
    document.add(new TextField("title", new Lemmas(words, 3, 3 + title)));
    document.add(new StringField("language", words[0], Field.Store.NO));
    document.add(new StringField("source", words[1], Field.Store.NO));
    return document;
  }

  private static Presearcher presearcher(String[] arguments) throws Exception {
    if (arguments.length < 4) return new TermFilteredPresearcher();
    Map<String, Integer> frequencies = new HashMap<>();
    for (String line : Files.readAllLines(Paths.get(arguments[3]))) {
      String[] parts = line.split(" ");
      frequencies.put(parts[0], Integer.parseInt(parts[1]));
    }
    TermWeightor rarest = TermWeightor.termFreqWeightor(frequencies, 1, 0);
    return new TermFilteredPresearcher(rarest, Collections.emptyList(), Collections.emptySet());
  }

  private static int register(Monitor monitor, Path queries) throws Exception {
    List<MonitorQuery> some = new ArrayList<>();
    int count = 0;
    try (BufferedReader reader = Files.newBufferedReader(queries)) {
      for (String line; (line = reader.readLine()) != null; count++) {
        some.add(new MonitorQuery(line.substring(0, line.indexOf(' ')), new Parser(line).query()));
        if (some.size() == 50_000) {
          monitor.register(some);
          some.clear();
        }
      }
    }
    if (!some.isEmpty()) monitor.register(some);
    return count;
  }

  private static void print(String name, double value) {
    System.out.printf(Locale.ROOT, "%s %.3f%n", name, value);
    System.out.flush();
  }

  public static void main(String[] arguments) throws Exception {
    Analyzer analyzer = new KeywordAnalyzer();
    MonitorConfiguration configuration = new MonitorConfiguration();
    configuration.setQueryUpdateBufferSize(50_000);
    configuration.setPurgeFrequency(1, TimeUnit.HOURS);
    Monitor monitor = new Monitor(analyzer, presearcher(arguments), configuration);
    long begun = System.nanoTime();
    print("queries", register(monitor, Paths.get(arguments[0])));
    print("register_s", (System.nanoTime() - begun) / 1e9);
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    print("heap_mb", (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
    List<String> documents = Files.readAllLines(Paths.get(arguments[1]));
    match(monitor, documents, Paths.get(arguments[2]));
    add(monitor);
    System.exit(0);
  }

  private static void match(Monitor monitor, List<String> documents, Path matches) throws Exception {
    double[] cpu = new double[documents.size()], wall = new double[documents.size()];
    Arrays.fill(cpu, Double.MAX_VALUE);
    Arrays.fill(wall, Double.MAX_VALUE);
    long run = 0, found = 0, begun = System.nanoTime();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      if (round >= LEAST_ROUNDS && (System.nanoTime() - begun) / 1e9 > MOST_SECONDS) break;
      run = found = 0;
      for (int at = 0; at < cpu.length; at++) {
        long before = System.nanoTime(), spent = THREADS.getCurrentThreadCpuTime();
        MatchingQueries<QueryMatch> matching = monitor.match(document(documents.get(at)), QueryMatch.SIMPLE_MATCHER);
        cpu[at] = Math.min(cpu[at], (THREADS.getCurrentThreadCpuTime() - spent) / 1e3);
        wall[at] = Math.min(wall[at], (System.nanoTime() - before) / 1e3);
        run += matching.getQueriesRun();
        found += matching.getMatchCount();
      }
    }
    print("cpu_us", Arrays.stream(cpu).average().getAsDouble());
    Arrays.sort(wall);
    print("wall_p50_us", wall[wall.length / 2]);
    print("wall_p99_us", wall[wall.length * 99 / 100]);
    print("run_per_document", run / (double) cpu.length);
    print("found_per_document", found / (double) cpu.length);
    try (BufferedWriter writer = Files.newBufferedWriter(matches)) {
      for (String line : documents) {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (QueryMatch match : monitor.match(document(line), QueryMatch.SIMPLE_MATCHER).getMatches()) {
          numbers.add(Integer.parseInt(match.getQueryId()));
        }
        for (int number : numbers) writer.write(number + " ");
        writer.newLine();
      }
    }
  }

  private static void add(Monitor monitor) throws Exception {
    double[] times = new double[20];
    for (int at = 0; at < times.length; at++) {
      Query query = new TermQuery(new Term("body", "нове" + at));
      long before = System.nanoTime();
      monitor.register(new MonitorQuery("new" + at, query));
      times[at] = (System.nanoTime() - before) / 1e3;
    }
    Arrays.sort(times);
    print("add_p50_us", times[times.length / 2]);
    print("add_worst_us", times[times.length - 1]);
  }
}
