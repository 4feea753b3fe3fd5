import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.stream.*;
import org.apache.lucene.analysis.*;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.*;
import org.apache.lucene.facet.*;
import org.apache.lucene.facet.sortedset.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.*;

/**
 * Lucene as a baseline: ArabicAnalyzer, BM25 (k1 = 1.2, b = .75), OR of terms.
 *
 *   index  DOCS.tsv INDEX_DIR [--fields headline,body] [--threads 2] [--ram 256] [--merge]
 *   search INDEX_DIR QUERIES.txt [--fields body] [--boost headline=2,body=1] [--k 10]
 *          [--repeat 1] [--warm] [--exact-total] [--facets]
 *
 * A line of DOCS.tsv is id, headline, body, publisher and year, separated by tabs.
 */
public class Baseline {
    static final int DEFAULT_THRESHOLD = 1000;   // Lucene's own: beyond it a total is a lower bound
    static final Set<String> FLAGS = Set.of("merge", "warm", "exact-total", "facets");
    static final Set<String> OPTIONS = Set.of("fields", "threads", "ram", "boost", "k", "repeat");
    static final List<String> DIMENSIONS = List.of("publisher", "year");

    public static void main(String[] args) throws Exception {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.length; i++) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : null;
            if (name == null) words.add(args[i]);
            else if (FLAGS.contains(name)) options.put(name, "");
            else if (OPTIONS.contains(name) && i + 1 < args.length) options.put(name, args[++i]);
            else throw new IllegalArgumentException("unknown option, or one without its value: " + args[i]);
        }
        if (words.size() == 3 && words.get(0).equals("index"))
            index(Path.of(words.get(1)), Path.of(words.get(2)), options);
        else if (words.size() == 3 && words.get(0).equals("search"))
            search(Path.of(words.get(1)), Path.of(words.get(2)), options);
        else {
            System.err.println("usage: Baseline index DOCS.tsv INDEX_DIR | search INDEX_DIR QUERIES.txt (options: README.md)");
            System.exit(2);
        }
    }

    // ---- index ----

    static void index(Path docs, Path dir, Map<String, String> options) throws Exception {
        Set<String> fields = Set.of(options.getOrDefault("fields", "headline,body").split(","));
        int threads = Integer.parseInt(options.getOrDefault("threads", "2"));
        IndexWriterConfig config = new IndexWriterConfig(new ArabicAnalyzer())
            .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
            .setRAMBufferSizeMB(Double.parseDouble(options.getOrDefault("ram", "256")));
        FacetsConfig facets = new FacetsConfig();
        long start = System.nanoTime();
        int count;
        try (Directory directory = FSDirectory.open(dir);
             IndexWriter writer = new IndexWriter(directory, config);
             BufferedReader in = Files.newBufferedReader(docs)) {
            // Every thread takes the next line itself; readLine locks the reader.
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            List<Future<?>> workers = new ArrayList<>();
            for (int t = 0; t < threads; t++)
                workers.add(pool.submit(() -> {
                    for (String line; (line = in.readLine()) != null; )
                        writer.addDocument(facets.build(document(line, fields)));
                    return null;
                }));
            pool.shutdown();
            for (Future<?> worker : workers) worker.get();   // throws what the worker threw
            if (options.containsKey("merge")) writer.forceMerge(1);
            writer.commit();
            count = writer.getDocStats().numDocs;
        }   // closing waits for merges still under way, so they count as time too
        double seconds = (System.nanoTime() - start) / 1e9;
        long bytes = 0;
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file : (Iterable<Path>) files::iterator) bytes += Files.size(file);
        }
        System.out.printf(Locale.ROOT, "documents %d%nseconds %.2f%ndocs/s %.0f%nbytes %d%n",
            count, seconds, count / seconds, bytes);
    }

    static Document document(String line, Set<String> fields) {
        String[] column = line.split("\t", -1);
        if (column.length != 5) throw new IllegalArgumentException("not 5 columns: " + line);
        Document doc = new Document();
        doc.add(new StoredField("id", column[0]));
        if (fields.contains("headline")) doc.add(new TextField("headline", column[1], Field.Store.NO));
        if (fields.contains("body")) doc.add(new TextField("body", column[2], Field.Store.NO));
        for (int i = 0; i < DIMENSIONS.size(); i++)   // a facet label must not be empty
            if (!column[3 + i].isEmpty())
                doc.add(new SortedSetDocValuesFacetField(DIMENSIONS.get(i), column[3 + i]));
        return doc;
    }

    // ---- search ----

    static void search(Path dir, Path queryFile, Map<String, String> options) throws IOException {
        int k = Integer.parseInt(options.getOrDefault("k", "10"));
        int repeat = Integer.parseInt(options.getOrDefault("repeat", "1"));
        int threshold = options.containsKey("exact-total") ? Integer.MAX_VALUE : DEFAULT_THRESHOLD;
        Map<String, Float> boosts = new LinkedHashMap<>();   // the fields searched, each with its weight
        for (String field : options.getOrDefault("fields", "body").split(",")) boosts.put(field, 1f);
        if (options.containsKey("boost"))
            for (String pair : options.get("boost").split(",")) {
                String[] part = pair.split("=");
                if (boosts.replace(part[0], Float.valueOf(part[1])) == null)
                    throw new IllegalArgumentException("--boost of a field not in --fields: " + part[0]);
            }
        List<Query> queries = new ArrayList<>();
        try (Analyzer analyzer = new ArabicAnalyzer()) {
            for (String line : Files.readAllLines(queryFile)) queries.add(query(line, analyzer, boosts));
        }
        int n = queries.size();
        Answer[] answers = new Answer[n];
        long[][] times = new long[n][repeat];
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(dir))) {
            IndexSearcher searcher = new IndexSearcher(reader);   // without an executor: one thread
            SortedSetDocValuesReaderState state = options.containsKey("facets")
                ? new DefaultSortedSetDocValuesReaderState(reader, new FacetsConfig()) : null;
            // Whole passes over the queries, so that no query is timed right after itself.
            for (int pass = options.containsKey("warm") ? -1 : 0; pass < repeat; pass++)
                for (int q = 0; q < n; q++) {
                    long start = System.nanoTime();
                    answers[q] = answer(searcher, queries.get(q), k, threshold, state);
                    if (pass >= 0) times[q][pass] = System.nanoTime() - start;
                }
            StoredFields stored = reader.storedFields();
            for (int q = 0; q < n; q++) {
                List<String> ids = new ArrayList<>();
                for (ScoreDoc hit : answers[q].top.scoreDocs) ids.add(stored.document(hit.doc).get("id"));
                TotalHits total = answers[q].top.totalHits;
                Arrays.sort(times[q]);
                out.printf(Locale.ROOT, "%.4f\t%d%s\t%s%s\n", times[q][repeat / 2] / 1e6, total.value(),
                    total.relation() == TotalHits.Relation.EQUAL_TO ? "" : "+", String.join(",", ids),
                    state == null ? "" : "\t" + counts(answers[q].facets));
            }
        }
        out.flush();
        long[] all = Arrays.stream(times).flatMapToLong(Arrays::stream).sorted().toArray();
        if (all.length > 0)
            System.err.printf(Locale.ROOT, "%d queries x %d: mean %.3f ms, p50 %.3f, p95 %.3f, p99 %.3f, max %.3f%n", n, repeat,
                Arrays.stream(all).average().orElse(0) / 1e6, percentile(all, .5), percentile(all, .95),
                percentile(all, .99), percentile(all, 1));
    }

    /** An OR of the text's terms in each field; scores add up over terms and fields. */
    static Query query(String text, Analyzer analyzer, Map<String, Float> boosts) throws IOException {
        BooleanQuery.Builder or = new BooleanQuery.Builder();
        for (Map.Entry<String, Float> field : boosts.entrySet())
            try (TokenStream tokens = analyzer.tokenStream(field.getKey(), text)) {
                CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
                tokens.reset();
                while (tokens.incrementToken()) {
                    Query one = new TermQuery(new Term(field.getKey(), term.toString()));
                    or.add(field.getValue() == 1f ? one : new BoostQuery(one, field.getValue()), BooleanClause.Occur.SHOULD);
                }
                tokens.end();
            }
        return or.build();
    }

    record Answer(TopDocs top, List<FacetResult> facets) {}

    /** The timed call. With facets every hit is visited, so the total is exact as well. */
    static Answer answer(IndexSearcher searcher, Query query, int k, int threshold, SortedSetDocValuesReaderState state)
            throws IOException {
        if (state == null)   // searcher.search(query, k) with the threshold free
            return new Answer(searcher.search(query, new TopScoreDocCollectorManager(k, null, threshold)), List.of());
        FacetsCollectorManager.FacetsResult hits = FacetsCollectorManager.search(searcher, query, k, new FacetsCollectorManager());
        Facets facets = new SortedSetDocValuesFacetCounts(state, hits.facetsCollector());
        return new Answer(hits.topDocs(), facets.getAllDims(100));
    }

    /** publisher=label:count|label:count;year=label:count */
    static String counts(List<FacetResult> facets) {
        return facets.stream().map(f -> f.dim + "=" + Arrays.stream(f.labelValues)
            .map(l -> l.label + ":" + l.value.intValue()).collect(Collectors.joining("|"))).collect(Collectors.joining(";"));
    }

    static double percentile(long[] sorted, double p) {
        return sorted[Math.max(0, (int) Math.ceil(p * sorted.length) - 1)] / 1e6;
    }
}
