"""First names as Ukrainian, Belarusian, Russian, Polish and English have them."""

GIVEN_NAMES = tuple(
    """
    Олександр Аляксандр Александр Aleksander Alexander Oleksandr Alaksandar
    Олексій Аляксей Алексей Aleksy Alexey Alexei Oleksiy Oleksii Aliaksei Alaksiej Aleksiej
    Олександра Аляксандра Александра Aleksandra Alexandra Oleksandra
    Олеся Алеся Леся Olesya Alesia
    Алесь Олесь Ales Oles
    Олена Алена Елена Алёна Helena Olena Elena Alena Yelena Jelena
    Ольга Вольга Olga Olha Volha Wolha
    Олег Алег Oleg Oleh Aleh
    Андрій Андрэй Андрей Andrzej Andrey Andrei Andriy Andrii Andrej Andriej
    Анатолій Анатоль Анатолий Anatol Anatoly Anatolii Anatoliy
    Антон Антон Anton Antoni
    Анастасія Анастасія Анастасия Anastazja Anastasia Anastasiia Anastasiya Nasta Наста
    Ганна Анна Hanna Anna Anne Ann
    Артем Арцём Артём Artem Artyom Artiom Arciom Artsiom
    Богдан Багдан Bohdan Bogdan
    Борис Барыс Borys Boris Barys
    Вадим Вадзім Wadym Vadim Vadym Vadzim Wadzim
    Валентина Валянціна Walentyna Valentina Valentyna Valiantsina
    Валерій Валерый Валерий Walery Valery Valerii Valeriy Valeryj
    Василь Васіль Василий Wasyl Vasily Vasyl Vasil Wasilij
    Віктор Віктар Виктор Wiktor Victor Viktor Viktar
    Вікторія Вікторыя Виктория Wiktoria Victoria Viktoria Viktoriia
    Віталій Віталь Виталий Witalij Vitaly Vitalii Vitali Vital Witold
    Володимир Уладзімір Владимир Włodzimierz Vladimir Volodymyr Uladzimir Wołodymyr Władimir Wladimir Uladzimier
    Владислав Уладзіслаў Władysław Vladislav Vladyslav Uladzislau Władisław
    В'ячеслав Вячаслаў Вячеслав Wiaczesław Vyacheslav Viacheslav Viachaslau
    Галина Галіна Halina Galina Halyna
    Григорій Рыгор Григорий Grzegorz Gregory Grigory Hryhorii Hryhoriy Ryhor Grigorij Hryhorij
    Дар'я Дар'я Дарья Daria Darya Dariia Daryja
    Денис Дзяніс Denis Denys Dzianis Dzyanis
    Дмитро Дзмітрый Зміцер Дмитрий Dymitr Dmitry Dmytro Dzmitry Dmitri Dmitrij Zmicier Zmitser Дзьмітры Дзмітры
    Євген Яўген Евгений Eugeniusz Eugene Yevhen Yevgeny Evgeny Evgeni Yauhen Jauhien Jewhen Jewgienij
    Єгор Ягор Егор Jegor Yegor Egor Yahor Yehor Jahor
    Іван Іван Иван Iwan Ivan
    Ігор Ігар Игорь Igor Ihor Ihar
    Ілля Ілля Илья Eliasz Ilya Illia Ilja
    Ірина Ірына Ирина Irena Irina Iryna
    Катерина Кацярына Екатерина Katarzyna Catherine Kateryna Katsiaryna Ekaterina Yekaterina Kaciaryna
    Кирило Кірыл Кирилл Cyryl Kirill Kyrylo Kiryl Cyril
    Костянтин Канстанцін Константин Konstanty Konstantin Kostiantyn Kanstantsin Kanstancin
    Ксенія Ксенія Ксения Ksenia Xenia Kseniia Kseniya Ksienija
    Людмила Людміла Ludmiła Lyudmila Liudmyla Liudmila Ludmila
    Максим Максім Максим Maksym Maxim Maksim
    Марина Марына Maryna Marina
    Марія Марыя Мария Maria Mary Mariia Maryia Maryja
    Марта Марта Marta Martha
    Матвій Мацвей Матвей Mateusz Matvey Matvii
    Микола Мікалай Мікола Николай Mikołaj Nicholas Mykola Nikolai Nikolay Mikalai Mikalaj Mikola Nikołaj
    Михайло Міхаіл Міхась Михаил Michał Michael Mykhailo Mikhail Mikhas Michaił Mikhailo Michas
    Надія Надзея Надежда Nadzieja Nadia Nadiia Nadezhda Nadiya
    Наталія Наталля Наталья Наталя Natalia Natallia Nataliia Natalya Natalla Natalie
    Оксана Аксана Oksana Oxana Aksana
    Павло Павел Павал Paweł Paul Pavlo Pavel Pawieł
    Петро Пётр Пятро Piotr Peter Petro Pyotr Petr Piatro
    Поліна Паліна Полина Polina Palina
    Роман Раман Roman Raman
    Сергій Сяргей Сергей Sergiusz Sergey Sergei Serhii Serhiy Siarhei Siarhiej Siergiej Serhij
    Світлана Святлана Светлана Swietłana Svetlana Svitlana Sviatlana Swiatłana
    Софія Сафія София Zofia Sofia Sophia Sofiia
    Станіслав Станіслаў Станислав Stanisław Stanislav Stanislau
    Степан Сцяпан Stefan Stepan Stsiapan Sciapan
    Тарас Тарас Taras
    Тетяна Таццяна Татьяна Tatiana Tetiana Tatsiana Tatyana Tatsyana
    Тимофій Цімафей Тимофей Timofey Tymofii
    Федір Фёдар Фёдор Teodor Fyodor Fedir Fiodar Fiodor
    Юлія Юлія Юлия Julia Yulia Yuliia Yuliya Julija
    Юрій Юрый Юрий Юрась Jerzy Yuri Yurii Yury Yuriy Jurij Juryj
    Яна Яна Yana Jana Iana
    Ярослав Яраслаў Jarosław Yaroslav Yaraslau
    """.strip().splitlines()
)
"""One name a row, the Ukrainian first."""
